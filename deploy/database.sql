-- Once, on an empty PostgreSQL:   sudo -u postgres psql --set=ON_ERROR_STOP=1 --file=deploy/database.sql
--
-- Two roles. The owner makes the tables, and backs them up. The processes work as the other one, which sees one agency
-- at a time, and cannot change the audit trail or a table: `python -m assessments let-in plumbline` gives it the rest.
\if :{?database} \else \set database plumbline \endif
\if :{?owner} \else \set owner plumbline_owner \endif
\if :{?role} \else \set role plumbline \endif

CREATE ROLE :"owner" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
CREATE ROLE :"role" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
CREATE DATABASE :"database" OWNER :"owner" ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"role";

\connect :"database"
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO :"owner";
