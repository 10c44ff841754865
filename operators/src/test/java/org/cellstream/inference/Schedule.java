package org.cellstream.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What happens to a forecaster, in order, and with which options. */
record Schedule(ScheduleSetup setup, List<Action> actions) {

    Schedule {
        actions = List.copyOf(actions);
    }

    /**
     * The schedule without the actions that {@code fails} does not need: ever smaller runs of them
     * are left out, as long as what is left still fails.
     */
    Schedule minimised(Predicate<Schedule> fails) {
        List<Action> left = new ArrayList<>(actions);
        for (int run = left.size() / 2; run > 0; run = run == 1 ? 0 : run / 2) {
            for (int from = left.size() - run; from >= 0; from -= run) {
                List<Action> fewer = new ArrayList<>(left);
                fewer.subList(from, from + run).clear();
                if (fails.test(new Schedule(setup, fewer))) {
                    left = fewer;
                }
            }
        }
        return new Schedule(setup, left);
    }

    @Override
    public String toString() {
        return "setup: %s%nList.of(%n%s)"
                .formatted(
                        setup,
                        actions.stream()
                                .map(action -> "    " + action)
                                .collect(Collectors.joining(",\n")));
    }
}
