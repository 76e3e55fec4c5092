"""Scores by nomenklatura, line by line: run by the Python of the environment that has it.

Each line of standard input is a request in JSON, each line of standard output its answer:

    {"algorithm": "logic-v2", "schema": "Person", "queries": [["Muammar Gaddafi",
        [["Moammar Gadhafi", "معمر القذافي"], ["Khalifa Haftar"]]]]}
    [[0.9, 0.0]]

A query is a name and the actors that it is compared with, each with all its names; its answer
holds a score for each. Imports nothing of this project.
"""

import json
import sys

from followthemoney import EntityProxy, model
from nomenklatura.matching import get_algorithm
from nomenklatura.matching.types import ScoringConfig


def main() -> None:
    """Answer every request until the input ends."""
    config = ScoringConfig.defaults()
    for line in sys.stdin.buffer:
        request = json.loads(line)
        algorithm = get_algorithm(request["algorithm"])
        schema = request["schema"]
        answer = [
            [
                algorithm.compare(query, entity(schema, names), config).score
                for query in [entity(schema, [name])]
                for names in actors
            ]
            for name, actors in request["queries"]
        ]
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def entity(schema: str, names: list[str]) -> EntityProxy:
    """Return the entity of these names. Its id says them: the library keeps analyses by id."""
    made = model.make_entity(schema)
    made.id = "\n".join([schema, *names])
    for name in names:
        made.add("name", name)
    return made


if __name__ == "__main__":
    main()
