"""Gives sets with known outliers, and what scikit-learn's isolation forest makes of them.

    scikit_learn.py sets FOLDER            the sets, as JSON; FOLDER holds more of them as CSV, the label last
    scikit_learn.py measure < REQUEST      fits and scores: {"learn": rows, "score": rows, "seeds": [...], "rounds": n}
"""

import json
import pathlib
import pickle
import sys
import time

import numpy as np
from sklearn import __version__, datasets
from sklearn.ensemble import IsolationForest

MOST_ROWS = 10_000


def few_of(rows, labels, is_outlier, few, random):
    """All ordinary rows, and `few` of the outliers."""
    outliers = is_outlier(labels)
    kept = random.choice(np.flatnonzero(outliers), few, replace=False)
    chosen = np.sort(np.concatenate([np.flatnonzero(~outliers), kept]))
    return rows[chosen], outliers[chosen]


def bundled_sets(random):
    wine = datasets.load_wine(return_X_y=True)
    yield "wine", *few_of(*wine, lambda labels: labels == 0, 10, random)
    cancer = datasets.load_breast_cancer(return_X_y=True)
    yield "breast_cancer", *few_of(*cancer, lambda labels: labels == 0, 21, random)
    digits = datasets.load_digits(return_X_y=True)
    yield "digits", *few_of(*digits, lambda labels: labels == 0, 40, random)


def csv_sets(folder, random):
    for file in sorted(pathlib.Path(folder).glob("*.csv")):
        table = np.loadtxt(file, delimiter=",")
        if len(table) > MOST_ROWS:
            table = table[np.sort(random.choice(len(table), MOST_ROWS, replace=False))]
        yield file.stem, table[:, :-1], table[:, -1] == 1


def generated_sets(random):
    centers = random.uniform(-5, 5, (3, 8))
    ordinary = centers[random.integers(0, 3, 2000)] + random.normal(0, 1, (2000, 8))
    yield "clusters", *joined(ordinary, random.uniform(-9, 9, (60, 8)))

    def quiet_rows(count):
        """As a quiet job's calls are: how much and how often varies, all the rest is the same."""
        varying = np.exp(random.normal(0, 0.5, (count, 3)))
        return np.hstack([varying, np.tile([443.0, 0, 1, 0, 3], (count, 1))])

    strange = quiet_rows(60)
    for row in strange:
        row[random.integers(3, 8)] += random.choice([-1, 1, 4000])
    yield "quiet job", *joined(quiet_rows(1000), strange)


def joined(ordinary, outliers):
    labels = np.repeat([False, True], [len(ordinary), len(outliers)])
    return np.vstack([ordinary, outliers]), labels


def print_sets(folder):
    random = np.random.default_rng(20080)
    found = []
    public = [*bundled_sets(random), *csv_sets(folder, random)]
    for name, rows, outliers in [*public, *generated_sets(random)]:
        rows = np.asarray(rows, dtype=np.float32).astype(float)
        is_public = len(found) < len(public)
        found.append({"name": name, "isPublic": is_public, "rows": rows.tolist(), "outliers": outliers.tolist()})
    print(json.dumps({"version": __version__, "sets": found}))


def measure(request):
    learn, score = np.array(request["learn"]), np.array(request["score"])
    scores, model = [], None
    for seed in request["seeds"]:
        model = IsolationForest(random_state=seed).fit(learn)
        scores.append((-model.score_samples(score)).tolist())
    fit_ms, score_ms = [], []
    for _ in range(request["rounds"]):
        fit_ms.append(milliseconds(lambda: IsolationForest(random_state=1).fit(learn)))
        score_ms.append(milliseconds(lambda: model.score_samples(score)))
    saved = len(pickle.dumps(model))
    times = {"fitMs": min(fit_ms, default=0), "scoreMs": min(score_ms, default=0)}
    print(json.dumps({"scores": scores, "savedBytes": saved, **times}))


def milliseconds(work):
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


if sys.argv[1] == "sets":
    print_sets(sys.argv[2])
else:
    measure(json.load(sys.stdin))
