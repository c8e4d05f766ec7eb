#!/bin/sh
# How fast and how heavy the pages are, in a real Chromium over the sample shop: pages.sh [TEST…], each a method of PageFigures
# (firstVisit, pages, fiveThousandSteps, fiftyThousandSteps, back, live). Prints rows of a table; see pages.md.
cd "$(dirname "$0")/.." || exit 1
which=$(echo "${*:-}" | tr ' ' '+')
exec ./mvnw -q test -pl onlooker-server -am -Dtest="PageFigures${which:+#$which}" \
  -Dsurefire.failIfNoSpecifiedTests=false -Dpages=measure
