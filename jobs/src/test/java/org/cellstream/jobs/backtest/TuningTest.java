package org.cellstream.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.cellstream.config.CellstreamOptions;
import org.junit.jupiter.api.Test;

class TuningTest {

    private static final String RATE = CellstreamOptions.TRAINING_LEARNING_RATE.key();

    @Test
    void triesEveryCombinationOnce() {
        List<Map<String, String>> grid = Tuning.grid(new Configuration());

        assertThat(grid).doesNotHaveDuplicates().hasSizeBetween(4, 16);
        assertThat(grid).allSatisfy(one -> assertThat(one).containsKey(RATE));
        String usual = CellstreamOptions.TRAINING_LEARNING_RATE.defaultValue().toString();
        assertThat(grid)
                .extracting(one -> one.get(RATE))
                .contains(usual)
                .anyMatch(rate -> !usual.equals(rate));
    }

    @Test
    void triesTheDefaultsFirst() {
        assertThat(Tuning.grid(new Configuration()).get(0).entrySet())
                .allSatisfy(
                        one ->
                                assertThat(CellstreamOptions.all())
                                        .anySatisfy(
                                                option -> {
                                                    assertThat(option.key())
                                                            .isEqualTo(one.getKey());
                                                    assertThat(option.defaultValue())
                                                            .hasToString(one.getValue());
                                                }));
    }

    @Test
    void leavesAloneWhatTheUserGave() {
        Configuration given = new Configuration();
        given.set(CellstreamOptions.TRAINING_LEARNING_RATE, 0.02);

        List<Map<String, String>> grid = Tuning.grid(given);

        assertThat(grid).isNotEmpty().allSatisfy(one -> assertThat(one).doesNotContainKey(RATE));
        assertThat(new Tuning.Trial(grid.get(0), 0).options(given))
                .satisfies(
                        options ->
                                assertThat(options.get(CellstreamOptions.TRAINING_LEARNING_RATE))
                                        .isEqualTo(0.02));
    }

    @Test
    void triesOtherOptionsThanTheDefaults() {
        String usual = CellstreamOptions.NETWORK.defaultValue();

        assertThat(Tuning.grid(new Configuration()))
                .extracting(one -> one.get(CellstreamOptions.NETWORK.key()))
                .contains(usual)
                .anyMatch(network -> !usual.equals(network));
    }

    @Test
    void takesTheFirstOfTheHighestSkill() {
        Tuning.Trial unknown = new Tuning.Trial(Map.of("a", "0"), Double.NaN);
        Tuning.Trial worse = new Tuning.Trial(Map.of("a", "1"), 0.1);
        Tuning.Trial first = new Tuning.Trial(Map.of("a", "2"), 0.2);
        Tuning.Trial second = new Tuning.Trial(Map.of("a", "3"), 0.2);

        assertThat(new Tuning(0, List.of(unknown, worse, first, second)).best()).isEqualTo(first);
        assertThat(new Tuning(0, List.of(worse, unknown)).best()).isEqualTo(worse);
    }

    @Test
    void needsATrial() {
        assertThatThrownBy(() -> new Tuning(0, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nothing was tried; need at least one trial");
    }
}
