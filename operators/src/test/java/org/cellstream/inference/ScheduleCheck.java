package org.cellstream.inference;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the forecaster does on a schedule what the reference does. */
final class ScheduleCheck {

    /** Lets all that waits come out. */
    private static final List<Action> END =
            List.of(
                    Action.eventWatermark(Long.MAX_VALUE),
                    Action.trainerWatermark(Long.MAX_VALUE),
                    Action.barrier());

    private final boolean rocksDb;

    ScheduleCheck(boolean rocksDb) {
        this.rocksDb = rocksDb;
    }

    /** Where the forecaster differs from the reference; a crash differs too. */
    Optional<String> difference(Schedule schedule) {
        try (var forecaster = new ScheduledForecaster(schedule.setup().job(rocksDb))) {
            return difference(schedule, forecaster);
        } catch (Exception | AssertionError e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return Optional.of(trace.toString());
        }
    }

    private static Optional<String> difference(Schedule schedule, ScheduledForecaster forecaster)
            throws Exception {
        ReferenceForecaster reference = new ReferenceForecaster(schedule.setup());
        List<Action> actions = new ArrayList<>(schedule.actions());
        actions.addAll(END);
        for (Action action : actions) {
            action.applyTo(forecaster, schedule.setup());
            action.applyTo(reference, schedule.setup());
            if (action instanceof Action.Barrier) {
                Optional<String> difference =
                        forecaster.outcome().differenceFrom(reference.outcome());
                if (difference.isPresent()) {
                    return difference;
                }
            }
        }
        return Optional.empty();
    }

    /** What comes out of the reference. */
    static Outcome expected(Schedule schedule, ScheduleSetup setup) throws Exception {
        ReferenceForecaster reference = new ReferenceForecaster(setup);
        for (Action action : schedule.actions()) {
            action.applyTo(reference, setup);
        }
        return reference.outcome();
    }

    /** What a failing test prints: a smaller schedule that still fails, ready to be pasted. */
    String report(long seed, Schedule schedule) {
        Schedule small = schedule.minimised(one -> difference(one).isPresent());
        return "seed %d, rocksDb %s%n%s%n%s)"
                .formatted(seed, rocksDb, difference(small).orElse("passes now"), small);
    }
}
