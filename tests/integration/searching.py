"""What tests of the search share."""

from flask.testing import FlaskClient

from tests.factories import Make, Teacher

LIST = "/api/instructors/"


def names(client: FlaskClient, **asked: object) -> list[str]:
    """Who is found, in order."""
    answer = client.get(LIST, query_string=asked)
    assert answer.status_code == 200, answer.text
    told = answer.get_json()
    assert told["metadata"]["total_matches"] == len(told["instructors"])
    return [each["user"]["full_name"] for each in told["instructors"]]


def teacher(make: Make, name: str, *skills: tuple[str, str], **profile: object) -> Teacher:
    """An instructor of that name with these skills and rates."""
    first, *others = skills or (("Piano", "60.00"),)
    made = make.instructor(user={"full_name": name}, skill=first[0], rate=first[1], **profile)
    for skill, rate in others:
        make.service(make.profile_id(made), skill=skill, rate=rate)
    return made
