package org.cellstream.config;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Who forecasts a key's next target beside the network, and what is said about each forecast.
 *
 * @param experts who does, each once, in the order of {@link ExpertName}; none where the network
 *     speaks alone
 * @param season events after which a key's targets repeat themselves; 0 for no season
 * @param follow whether a forecast is the mean of them or that of the best
 * @param tell whether a forecast tells what each of them said
 * @param coverage part of the targets that the interval of a forecast shall hold; 0 for no
 *     intervals and no anomaly scores
 */
public record ExpertsConfig(
        List<ExpertName> experts, int season, ExpertChoice follow, boolean tell, double coverage)
        implements Serializable {

    /** A key remembers the targets of a whole season. */
    private static final int LONGEST_SEASON = 10_000;

    private static final String NONE = "none";

    public ExpertsConfig {
        if (season != 0) {
            Checks.between(CellstreamOptions.SEASON, season, 2, LONGEST_SEASON);
        }
        if (!(coverage >= 0 && coverage < 1)) {
            throw new IllegalArgumentException(
                    "%s is %s; need at least 0 and less than 1"
                            .formatted(CellstreamOptions.INTERVAL_COVERAGE.key(), coverage));
        }
        experts = List.copyOf(new TreeSet<>(experts));
        for (ExpertName expert : experts) {
            if (expert.needsSeason() && season == 0) {
                throw new IllegalArgumentException(
                        "%s has %s, which needs a season; %s is 0"
                                .formatted(
                                        CellstreamOptions.EXPERTS.key(),
                                        expert,
                                        CellstreamOptions.SEASON.key()));
            }
        }
    }

    /** The network speaks alone, without intervals. */
    public static ExpertsConfig none() {
        return new ExpertsConfig(List.of(), 0, ExpertChoice.MIXTURE, false, 0);
    }

    /** All that make sense with a season or without, with every other option at its default. */
    public static ExpertsConfig all(int season) {
        return new ExpertsConfig(
                allNames(season),
                season,
                CellstreamOptions.EXPERTS_FOLLOW.defaultValue(),
                CellstreamOptions.EXPERTS_TELL.defaultValue(),
                CellstreamOptions.INTERVAL_COVERAGE.defaultValue());
    }

    private static List<ExpertName> allNames(int season) {
        return Arrays.stream(ExpertName.values())
                .filter(name -> season > 0 || !name.needsSeason())
                .toList();
    }

    /** The same with a forecast that tells what each expert said, or not. */
    public ExpertsConfig tell(boolean told) {
        return new ExpertsConfig(experts, season, follow, told, coverage);
    }

    /**
     * Reads the options. Without {@link CellstreamOptions#EXPERTS} all that make sense are on, but
     * none where the network's outputs are no point, or labels are given: there is no target at the
     * next event that an expert could say.
     */
    public static ExpertsConfig from(ReadableConfig options) {
        int season = options.get(CellstreamOptions.SEASON);
        boolean point =
                LossConfig.from(options).isOfOnePoint()
                        && options.get(CellstreamOptions.TRAINING_LABELS) == LabelSource.NEXT_EVENT;
        List<ExpertName> experts =
                options.getOptional(CellstreamOptions.EXPERTS)
                        .map(ExpertsConfig::parse)
                        .orElse(point ? allNames(season) : List.of());
        return new ExpertsConfig(
                experts,
                season,
                options.get(CellstreamOptions.EXPERTS_FOLLOW),
                options.get(CellstreamOptions.EXPERTS_TELL),
                options.get(CellstreamOptions.INTERVAL_COVERAGE));
    }

    private static List<ExpertName> parse(String words) {
        if (words.strip().equals(NONE)) {
            return List.of();
        }
        List<ExpertName> experts = new ArrayList<>();
        for (String word : words.split(",", -1)) {
            experts.add(ExpertName.of(word.strip()));
        }
        return experts;
    }

    /**
     * Checks that there is something for the experts to say.
     *
     * @throws IllegalArgumentException if the network's outputs are no point, or labels are given
     */
    void check(LossConfig loss, LabelSource labels) {
        if (experts.isEmpty()) {
            return;
        }
        if (!loss.isOfOnePoint()) {
            throw wrong(
                    "%s is %s, whose forecast is more than a point"
                            .formatted(CellstreamOptions.TRAINING_LOSS.key(), loss));
        }
        if (labels == LabelSource.GIVEN) {
            throw wrong(
                    "%s is given, so nobody knows what is to be forecast from the targets alone"
                            .formatted(CellstreamOptions.TRAINING_LABELS.key()));
        }
    }

    private IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException(
                "%s is %s; need none where %s"
                        .formatted(CellstreamOptions.EXPERTS.key(), text(), why));
    }

    private String text() {
        return String.join(",", experts.stream().map(ExpertName::toString).toList());
    }
}
