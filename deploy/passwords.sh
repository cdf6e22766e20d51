#!/bin/sh
# sudo sh deploy/passwords.sh     Gives both roles of the database a password that nobody needs to know, and writes it
# where systemd reads it as root: the process that serves people never sees the one of the owner.
set -eu
umask 077
mkdir -p /etc/plumbline
for role in plumbline plumbline_owner; do
    file=$([ $role = plumbline ] && echo database.env || echo owner.env)
    word=$(openssl rand -hex 24)
    printf "ALTER ROLE %s PASSWORD '%s';\n" "$role" "$word" | runuser -u postgres -- psql --no-psqlrc --quiet
    printf 'DATABASE_URL=postgresql://%s:%s@127.0.0.1/plumbline\n' "$role" "$word" > "/etc/plumbline/$file"
done
