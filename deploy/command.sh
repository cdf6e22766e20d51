#!/bin/sh
# sudo sh deploy/command.sh doctor     `python -m assessments` as the service runs, with the role that owns the tables.
set -eu
set -a
. /etc/plumbline/plumbline.env
. /etc/plumbline/owner.env
set +a
umask 077
cd /opt/plumbline
exec setpriv --reuid=plumbline --regid=plumbline --init-groups -- .venv/bin/python -m assessments "$@"
