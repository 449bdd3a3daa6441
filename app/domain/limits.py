"""Bounds shared by columns, forms and schemas, so that they cannot disagree."""

EMAIL_MAX_CHARS = 254
NAME_MAX_CHARS = 100
DEVICE_MAX_CHARS = 60
PASSWORD_MIN_CHARS = 8
PASSWORD_MAX_BYTES = 72  # bcrypt reads no further

BIO_MIN_CHARS = 10
BIO_MAX_CHARS = 1000
EXPERIENCE_MAX_YEARS = 50
AREA_MAX_CHARS = 60
AREAS_MAX = 20
SERVICES_MAX = 20
SKILL_MAX_CHARS = 100
DESCRIPTION_MAX_CHARS = 500
RATE_MAX = 1000
HANDLE_MIN_CHARS = 3
HANDLE_MAX_CHARS = 30

NOTICE_MAX_HOURS = 168
BUFFER_MAX_MINUTES = 120
HORIZON_DEFAULT_DAYS = 60
HORIZON_MAX_DAYS = 365
CANCELLATION_NOTICE_DEFAULT_HOURS = 24
CANCELLATION_NOTICE_MAX_HOURS = 168

FIRST_YEAR = 1900  # beyond these no zone or column can be relied upon to reckon
LAST_YEAR = 2199

APPROVAL_LEAD_HOURS = 2  # a request that nobody answered lapses so long before the start
REQUEST_LASTS_HOURS = 24
HOLD_MAX_HOURS = 48
WISHES_MAX = 3  # that one student waits for at a time
WAITING_RANGE_MAX_DAYS = 31
WAITING_LINE_MAX = 500  # wishes that one instructor's line takes

GRID_MINUTES = 15  # windows and lessons start on the quarter hour
WINDOW_MIN_MINUTES = 30
WINDOWS_PER_DAY_MAX = 50
HOURS_RANGE_MAX_DAYS = 365
BULK_OPERATIONS_MAX = 100
DURATION_DEFAULT_MINUTES = 60
DURATION_MIN_MINUTES = 30
DURATION_MAX_MINUTES = 240
DURATIONS_MAX = 8

NOTE_MAX_CHARS = 1000
LOCATION_MAX_CHARS = 200
REASON_MAX_CHARS = 500
DAY_OFF_REASON_MAX_CHARS = 255

SEARCH_MAX_CHARS = 100
ASKED_MAX_CHARS = 200  # of a typed sentence that are read
PRICE_FILTER_MAX = 1000
FREE_RANGE_MAX_DAYS = 14
SOONEST_DAYS = 14  # how far ahead "soonest" looks
NOW_HOURS = 3  # within which a lesson starts that is free "now"
FREE_TIME_INSTRUCTORS_MAX = 5_000  # whose calendars one search reads
TOTAL_MAX = 10_000  # lists that are longer say so, and are not counted further
CURSOR_MAX_CHARS = 300
ID_MAX = 2_147_483_647  # ids are 4-byte integers
PUBLIC_RANGE_MAX_DAYS = 90
