package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.cellstream.config.EventOrder;
import org.cellstream.config.ExpertChoice;
import org.cellstream.config.ExpertName;
import org.cellstream.config.ExpertsConfig;
import org.cellstream.config.GapConfig;
import org.cellstream.config.InferenceConfig;
import org.cellstream.config.MemoryConfig;
import org.cellstream.config.MemoryPrecision;
import org.cellstream.config.MissingTarget;
import org.cellstream.config.ModeConfig;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.StandardisationConfig;
import org.cellstream.config.TimingConfig;
import org.cellstream.config.WeightsChange;
import org.cellstream.event.Rejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The random schedules reach what they are to test: a wrong option would be seen on them. */
class RandomSchedulesTest {

    private static final int SCHEDULES = 300;

    /** Each option of the forecaster that changes results, with another value for it. */
    private static final Map<String, UnaryOperator<InferenceConfig>> CHANGES = changes();

    static Stream<String> options() {
        return CHANGES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("options")
    void anotherValueOfAnOptionWouldBeSeen(String option) throws Exception {
        List<Long> seen = new ArrayList<>();

        for (long seed = 0; seed < SCHEDULES; seed++) {
            Schedule schedule = RandomSchedules.schedule(seed);
            ScheduleSetup setup = schedule.setup();
            ScheduleSetup other = setup.with(CHANGES.get(option).apply(setup.config()));
            if (!other.equals(setup)
                    && ScheduleCheck.expected(schedule, other)
                            .differenceFrom(ScheduleCheck.expected(schedule, setup))
                            .isPresent()) {
                seen.add(seed);
            }
        }

        assertThat(seen).as("seeds that tell").hasSizeGreaterThan(2);
    }

    @Test
    void everythingThatCanComeOutDoes() throws Exception {
        Set<String> expected = new HashSet<>(Set.of("forecasts", "late events", "reports"));
        for (Rejected.Cause cause : Rejected.Cause.values()) {
            expected.add("rejections of " + cause);
        }
        Set<String> found = new HashSet<>();

        for (long seed = 0; seed < SCHEDULES; seed++) {
            Schedule schedule = RandomSchedules.schedule(seed);
            for (String name : ScheduleCheck.expected(schedule, schedule.setup()).names()) {
                found.add(name.replaceAll(" (of [a-z]|at -?\\d+)$", ""));
            }
        }

        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void minimisedScheduleHoldsOnlyWhatTheFailureNeeds() {
        Schedule schedule = RandomSchedules.schedule(3);
        Action first = schedule.actions().get(5);
        Action second = schedule.actions().get(17);

        Schedule small =
                schedule.minimised(one -> one.actions().containsAll(List.of(first, second)));

        assertThat(small.actions()).containsExactly(first, second);
    }

    private static Map<String, UnaryOperator<InferenceConfig>> changes() {
        Map<String, UnaryOperator<InferenceConfig>> changes = new TreeMap<>();
        changes.put("weights.epoch", timing(t -> epoch(t, t.epochMillis() + 1, t.serveAfter())));
        changes.put(
                "weights.serve-after", timing(t -> epoch(t, t.epochMillis(), 3 - t.serveAfter())));
        changes.put(
                "standardisation.rate",
                c -> with(c, new StandardisationConfig(0.2, c.standardisation().clip())));
        changes.put(
                "standardisation.clip",
                c -> with(c, new StandardisationConfig(c.standardisation().rate(), 1)));
        changes.put(
                "missing-target",
                c ->
                        c.missingTarget() == MissingTarget.FEEDBACK
                                ? c.missingTarget(MissingTarget.REJECT)
                                : c);
        changes.put("memory.precision", c -> memory(c, other(c.memory().precision()), 0));
        changes.put("memory.state-limit", c -> memory(c, c.memory().precision(), 0.1));
        changes.put(
                "order",
                sequence(s -> sequence(s, other(s.order()), s.rewindSteps(), s.timeToLive())));
        changes.put(
                "late.rewind-steps",
                sequence(s -> sequence(s, s.order(), s.rewindSteps() + 1, s.timeToLive())));
        changes.put(
                "memory.time-to-live",
                sequence(s -> sequence(s, s.order(), s.rewindSteps(), Duration.ofMillis(20))));
        changes.put(
                "weights.on-change",
                sequence(s -> weights(s, other(s.weightsChange()), s.rerunSteps())));
        changes.put(
                "weights.rerun-steps",
                sequence(s -> weights(s, s.weightsChange(), s.rerunSteps() + 1)));
        changes.put("gaps.cadence", gaps(g -> new GapConfig(Duration.ofMillis(4), g.missing(), 2)));
        changes.put("gaps.missing", gaps(g -> new GapConfig(g.cadence(), other(g.missing()), 4)));
        changes.put("gaps.reset-after", gaps(g -> new GapConfig(g.cadence(), g.missing(), 1)));
        addModes(changes);
        return changes;
    }

    private static void addExperts(Map<String, UnaryOperator<InferenceConfig>> changes) {
        changes.put(
                "experts",
                experts(e -> experts(e, List.of(ExpertName.LAST), e.season(), e.follow())));
        changes.put("season", experts(e -> experts(e, e.experts(), e.season() + 1, e.follow())));
        changes.put(
                "experts.follow",
                experts(e -> experts(e, e.experts(), e.season(), other(e.follow()))));
        changes.put("experts.tell", experts(e -> e.tell(!e.tell())));
        changes.put(
                "interval.coverage",
                experts(
                        e ->
                                new ExpertsConfig(
                                        e.experts(), e.season(), e.follow(), e.tell(), 0.5)));
    }

    private static void addModes(Map<String, UnaryOperator<InferenceConfig>> changes) {
        addExperts(changes);
        changes.put(
                "training.labels",
                c -> c.experts().experts().isEmpty() ? c.labels(other(c.labels())) : c);
        changes.put(
                "sequence.output",
                sequences(m -> ModeConfig.sequence(other(m.output()), m.maxSteps())));
        changes.put(
                "sequence.max-steps",
                sequences(m -> ModeConfig.sequence(m.output(), m.maxSteps() + 1)));
    }

    /** Only where there are experts, and none of those that need a season. */
    private static UnaryOperator<InferenceConfig> experts(UnaryOperator<ExpertsConfig> change) {
        return c ->
                c.experts().equals(ExpertsConfig.none()) ? c : c.experts(change.apply(c.experts()));
    }

    private static ExpertsConfig experts(
            ExpertsConfig e, List<ExpertName> names, int season, ExpertChoice follow) {
        return new ExpertsConfig(names, season, follow, e.tell(), e.coverage());
    }

    private static <E extends Enum<E>> E other(E value) {
        List<E> all = List.of(value.getDeclaringClass().getEnumConstants());
        return all.get((all.indexOf(value) + 1) % all.size());
    }

    private static UnaryOperator<InferenceConfig> timing(UnaryOperator<TimingConfig> change) {
        return c ->
                new InferenceConfig(
                                c.batch(),
                                change.apply(c.timing()),
                                c.standardisation(),
                                c.memory(),
                                c.sequence())
                        .missingTarget(c.missingTarget())
                        .labels(c.labels())
                        .experts(c.experts());
    }

    private static TimingConfig epoch(TimingConfig timing, long millis, int serveAfter) {
        return timing.byEventTime()
                ? new TimingConfig(timing.timing(), millis, serveAfter)
                : timing;
    }

    private static InferenceConfig with(InferenceConfig c, StandardisationConfig standardisation) {
        return new InferenceConfig(c.batch(), c.timing(), standardisation, c.memory(), c.sequence())
                .missingTarget(c.missingTarget())
                .labels(c.labels())
                .experts(c.experts());
    }

    private static InferenceConfig memory(
            InferenceConfig c, MemoryPrecision precision, double stateLimit) {
        MemoryConfig memory =
                new MemoryConfig(
                        c.memory().residentSize(),
                        c.memory().residentKeys(),
                        precision,
                        stateLimit > 0 ? stateLimit : c.memory().stateLimit());
        return new InferenceConfig(c.batch(), c.timing(), c.standardisation(), memory, c.sequence())
                .missingTarget(c.missingTarget())
                .labels(c.labels())
                .experts(c.experts());
    }

    /** Not of sequences from a start to an end: they would become others at once. */
    private static UnaryOperator<InferenceConfig> sequence(UnaryOperator<SequenceConfig> change) {
        return c -> c.sequence().mode().isSequence() ? c : with(c, change.apply(c.sequence()));
    }

    private static UnaryOperator<InferenceConfig> sequences(UnaryOperator<ModeConfig> change) {
        return c ->
                c.sequence().mode().isSequence()
                        ? with(c, c.sequence().mode(change.apply(c.sequence().mode())))
                        : c;
    }

    private static InferenceConfig with(InferenceConfig c, SequenceConfig sequence) {
        return new InferenceConfig(c.batch(), c.timing(), c.standardisation(), c.memory(), sequence)
                .missingTarget(c.missingTarget())
                .labels(c.labels())
                .experts(c.experts());
    }

    private static SequenceConfig sequence(
            SequenceConfig s, EventOrder order, int rewindSteps, Duration timeToLive) {
        return new SequenceConfig(
                order, rewindSteps, s.gaps(), timeToLive, s.weightsChange(), s.rerunSteps());
    }

    private static SequenceConfig weights(SequenceConfig s, WeightsChange change, int rerunSteps) {
        return new SequenceConfig(
                s.order(), s.rewindSteps(), s.gaps(), s.timeToLive(), change, rerunSteps);
    }

    /** Only where a cadence is expected. */
    private static UnaryOperator<InferenceConfig> gaps(UnaryOperator<GapConfig> change) {
        return sequence(
                s ->
                        s.gaps().cadence() == null
                                ? s
                                : new SequenceConfig(
                                        s.order(),
                                        s.rewindSteps(),
                                        change.apply(s.gaps()),
                                        s.timeToLive(),
                                        s.weightsChange(),
                                        s.rerunSteps()));
    }
}
