"""The original application's database as it was last seen: shape F at 006_final_constraints.

Written by hand, independent of our migrations, with rows as real databases hold them.
"""

from sqlalchemy import Connection

STAMP = "006_final_constraints"

TABLES = """
CREATE TABLE users (
    id {serial} CONSTRAINT users_pkey PRIMARY KEY,
    email varchar NOT NULL,
    hashed_password varchar NOT NULL,
    full_name varchar NOT NULL,
    is_active boolean DEFAULT true,
    role varchar(10) NOT NULL CONSTRAINT ck_users_role CHECK (role IN ('instructor', 'student')),
    created_at {instant} DEFAULT {now},
    updated_at {instant}
);
CREATE UNIQUE INDEX ix_users_email ON users (email);
CREATE INDEX ix_users_id ON users (id);
CREATE INDEX idx_users_email ON users (email);
CREATE TABLE instructor_profiles (
    id {serial} CONSTRAINT instructor_profiles_pkey PRIMARY KEY,
    user_id integer NOT NULL CONSTRAINT instructor_profiles_user_id_key UNIQUE
        CONSTRAINT instructor_profiles_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    bio text,
    years_experience integer
        CONSTRAINT check_years_experience_non_negative CHECK (years_experience >= 0),
    areas_of_service varchar,
    min_advance_booking_hours integer NOT NULL DEFAULT 2,
    buffer_time_minutes integer NOT NULL DEFAULT 0,
    created_at {instant} DEFAULT {now},
    updated_at {instant}
);
CREATE INDEX ix_instructor_profiles_id ON instructor_profiles (id);
CREATE INDEX idx_instructor_profiles_user_id ON instructor_profiles (user_id);
CREATE TABLE services (
    id {serial} CONSTRAINT services_pkey PRIMARY KEY,
    instructor_profile_id integer CONSTRAINT services_instructor_profile_id_fkey
        REFERENCES instructor_profiles (id) ON DELETE CASCADE,
    skill varchar NOT NULL,
    hourly_rate double precision NOT NULL,
    description varchar,
    duration_override integer,
    is_active boolean NOT NULL DEFAULT true
);
CREATE INDEX ix_services_id ON services (id);
CREATE INDEX idx_services_instructor_profile_id ON services (instructor_profile_id);
CREATE INDEX idx_services_active ON services (instructor_profile_id, is_active)
    WHERE is_active = true;
CREATE UNIQUE INDEX unique_instructor_skill_active ON services (instructor_profile_id, skill)
    WHERE is_active = true;
CREATE INDEX idx_services_skill_lower ON services (lower(skill));
CREATE INDEX idx_services_active_price ON services (is_active, hourly_rate);
CREATE INDEX idx_services_profile_active ON services (instructor_profile_id, is_active);
CREATE TABLE availability_slots (
    id {serial} CONSTRAINT availability_slots_pkey PRIMARY KEY,
    instructor_id integer NOT NULL CONSTRAINT availability_slots_instructor_id_fkey
        REFERENCES users (id) ON DELETE CASCADE,
    specific_date date NOT NULL,
    start_time time NOT NULL,
    end_time time NOT NULL,
    created_at {instant} DEFAULT {now},
    updated_at {instant}
);
CREATE INDEX idx_availability_instructor_date ON availability_slots (instructor_id, specific_date);
CREATE INDEX idx_availability_date ON availability_slots (specific_date);
CREATE INDEX idx_availability_instructor_id ON availability_slots (instructor_id);
CREATE UNIQUE INDEX unique_instructor_date_time_slot
    ON availability_slots (instructor_id, specific_date, start_time, end_time);
CREATE INDEX idx_availability_week_lookup
    ON availability_slots (instructor_id, specific_date, start_time);
CREATE INDEX idx_availability_future ON availability_slots (instructor_id, specific_date);
CREATE TABLE blackout_dates (
    id {serial} CONSTRAINT blackout_dates_pkey PRIMARY KEY,
    instructor_id integer NOT NULL CONSTRAINT blackout_dates_instructor_id_fkey
        REFERENCES users (id) ON DELETE CASCADE,
    date date NOT NULL,
    reason varchar(255),
    created_at {instant} NOT NULL DEFAULT {now},
    CONSTRAINT unique_instructor_blackout_date UNIQUE (instructor_id, date)
);
CREATE INDEX ix_blackout_dates_instructor_id ON blackout_dates (instructor_id);
CREATE INDEX ix_blackout_dates_date ON blackout_dates (date);
CREATE INDEX idx_blackout_dates_instructor_date ON blackout_dates (instructor_id, date);
CREATE TABLE bookings (
    id {serial} CONSTRAINT bookings_pkey PRIMARY KEY,
    student_id integer NOT NULL CONSTRAINT bookings_student_id_fkey REFERENCES users (id),
    instructor_id integer NOT NULL CONSTRAINT bookings_instructor_id_fkey REFERENCES users (id),
    service_id integer NOT NULL CONSTRAINT bookings_service_id_fkey REFERENCES services (id),
    booking_date date NOT NULL,
    start_time time NOT NULL,
    end_time time NOT NULL,
    service_name varchar NOT NULL,
    hourly_rate numeric(10, 2) NOT NULL,
    total_price numeric(10, 2) NOT NULL,
    duration_minutes integer NOT NULL,
    status varchar(20) NOT NULL DEFAULT 'CONFIRMED',
    service_area varchar,
    meeting_location text,
    location_type varchar(50),
    student_note text,
    instructor_note text,
    created_at {instant} NOT NULL DEFAULT {now},
    updated_at {instant},
    confirmed_at {instant} DEFAULT {now},
    completed_at {instant},
    cancelled_at {instant},
    cancelled_by_id integer CONSTRAINT bookings_cancelled_by_id_fkey REFERENCES users (id),
    cancellation_reason text,
    CONSTRAINT ck_bookings_status
        CHECK (status IN ('PENDING', 'CONFIRMED', 'COMPLETED', 'CANCELLED', 'NO_SHOW')),
    CONSTRAINT ck_bookings_location_type
        CHECK (location_type IN ('student_home', 'instructor_location', 'neutral')),
    CONSTRAINT check_duration_positive CHECK (duration_minutes > 0),
    CONSTRAINT check_price_non_negative CHECK (total_price >= 0),
    CONSTRAINT check_rate_positive CHECK (hourly_rate > 0),
    CONSTRAINT check_time_order CHECK (start_time < end_time)
);
CREATE INDEX idx_bookings_student_id ON bookings (student_id);
CREATE INDEX idx_bookings_instructor_id ON bookings (instructor_id);
CREATE INDEX idx_bookings_date ON bookings (booking_date);
CREATE INDEX idx_bookings_status ON bookings (status);
CREATE INDEX idx_bookings_created_at ON bookings (created_at);
CREATE INDEX idx_bookings_instructor_datetime
    ON bookings (instructor_id, booking_date, start_time, end_time);
CREATE INDEX idx_bookings_instructor_date_status ON bookings (instructor_id, booking_date, status);
CREATE INDEX idx_bookings_student_status ON bookings (student_id, status);
CREATE INDEX idx_bookings_service_id ON bookings (service_id);
CREATE INDEX idx_bookings_cancelled_by_id ON bookings (cancelled_by_id);
CREATE INDEX idx_bookings_date_status ON bookings (booking_date, status);
CREATE INDEX idx_bookings_upcoming ON bookings (booking_date, status)
    WHERE status = 'CONFIRMED';
CREATE INDEX idx_bookings_student_date ON bookings (student_id, booking_date);
CREATE TABLE password_reset_tokens (
    id {serial} CONSTRAINT password_reset_tokens_pkey PRIMARY KEY,
    user_id integer NOT NULL CONSTRAINT password_reset_tokens_user_id_fkey
        REFERENCES users (id) ON DELETE CASCADE,
    token varchar NOT NULL,
    expires_at {instant} NOT NULL,
    used boolean NOT NULL DEFAULT false,
    created_at {instant} DEFAULT {now}
);
CREATE UNIQUE INDEX ix_password_reset_tokens_token ON password_reset_tokens (token);
CREATE INDEX idx_password_reset_tokens_user_id ON password_reset_tokens (user_id);
CREATE TABLE alembic_version (
    version_num varchar(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY
);
"""

ON_POSTGRESQL = """
CREATE INDEX idx_users_full_name_gin ON users USING gin (to_tsvector('english', full_name));
CREATE INDEX idx_instructor_profiles_bio_gin
    ON instructor_profiles USING gin (to_tsvector('english', bio));
COMMENT ON TABLE users IS 'Main user table for authentication and role management';
COMMENT ON TABLE instructor_profiles
    IS 'Instructor-specific profile information and preferences';
COMMENT ON TABLE services IS 'Services offered by instructors with soft delete support';
COMMENT ON TABLE availability_slots
    IS 'Instructor availability time slots - single table design';
COMMENT ON TABLE blackout_dates IS 'Blackout/vacation dates when instructor is unavailable';
COMMENT ON TABLE bookings
    IS 'Self-contained booking records - no dependency on availability slots';
COMMENT ON TABLE password_reset_tokens IS 'Password reset token management';
COMMENT ON COLUMN bookings.location_type
    IS 'Type of location: student_home, instructor_location, or neutral';
"""

ROWS = r"""
INSERT INTO users (email, hashed_password, full_name, is_active, role) VALUES
    ('Ada@Example.com', '$2b$12$x', 'Ada', true, 'instructor'),
    ('ada@example.com', '$2b$12$x', 'Ada again', NULL, 'student'),
    ('Grace@Example.org', '$2b$12$x', 'Grace', true, 'instructor'),
    ('sam@example.com', '$2b$12$x', 'Sam', true, 'student'),
    ('kim@example.com', '$2b$12$x', 'Kim', false, 'student');
INSERT INTO instructor_profiles (user_id, bio, years_experience, areas_of_service,
    buffer_time_minutes) VALUES
    (1, '', 0, '{Manhattan,"Upper West Side"}', 15),
    (3, NULL, NULL, NULL, 0);
INSERT INTO services (instructor_profile_id, skill, hourly_rate, duration_override) VALUES
    (1, 'Piano', 49.999, 90), (2, '', 60, NULL), (NULL, 'Nobody''s', 60, NULL);
INSERT INTO availability_slots (instructor_id, specific_date, start_time, end_time) VALUES
    (1, '2026-12-10', '18:00:00', '00:00:00'), (1, '2026-12-11', '10:00:00', '09:00:00'),
    (1, '2026-12-11', '10:00:00.000001', '12:00:30'), (1, '2020-01-01', '09:00:00', '10:00:00');
INSERT INTO blackout_dates (instructor_id, date, reason) VALUES (1, '2026-12-24', NULL);
INSERT INTO password_reset_tokens (user_id, token, expires_at)
    VALUES (1, 'clear', '2025-07-01 00:00:00');
INSERT INTO bookings (student_id, instructor_id, service_id, booking_date, start_time, end_time,
    service_name, hourly_rate, total_price, duration_minutes, status, service_area) VALUES
    (4, 1, 1, '2026-12-10', '10:00', '11:00', 'Piano', 50, 50, 60, 'CONFIRMED', '{A,"B C"}'),
    (5, 1, 1, '2026-12-10', '10:30', '11:30', 'Piano', 50, 50, 60, 'CONFIRMED', NULL),
    (2, 1, 1, '2026-12-10', '11:00', '12:00', 'Piano', 50, 75, 90, 'CONFIRMED', ''),
    (4, 3, 2, '2026-12-10', '10:15', '10:45', 'Voice', 60, 30, 30, 'PENDING', NULL),
    (5, 1, 1, '2026-12-10', '10:00', '11:00', 'Piano', 50, 50, 60, 'CANCELLED', NULL),
    (4, 1, 1, '2026-11-01', '01:30', '02:30', 'Piano', 50, 50, 60, 'COMPLETED', NULL),
    (4, 1, 1, '2026-03-08', '02:30', '03:30', 'Piano', 50, 50, 60, 'NO_SHOW', NULL),
    (4, 1, 1, '2525-01-05', '09:00:00.5', '09:05', 'Piano', 50, 5, 5, 'CONFIRMED', NULL),
    (4, 1, 1, '9999-12-31', '22:00', '23:00', 'Piano', 50, 50, 60, 'CONFIRMED', NULL);
"""


def build(connection: Connection) -> None:
    """The tables, the rows and the stamp."""
    is_postgresql = connection.dialect.name == "postgresql"
    words = {
        "serial": "serial" if is_postgresql else "INTEGER",
        "instant": "timestamptz" if is_postgresql else "DATETIME",
        "now": "now()" if is_postgresql else "CURRENT_TIMESTAMP",
    }
    script = TABLES.format(**words) + (ON_POSTGRESQL if is_postgresql else "") + ROWS
    for statement in script.split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{STAMP}')")
