package org.cellstream.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.cellstream.config.ExpertName;
import org.cellstream.config.ExpertsConfig;
import org.cellstream.experts.ExpertMemory;
import org.cellstream.experts.Experts;
import org.cellstream.experts.Spoken;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * On no stream of {@code backtest --generated} is the mixture much worse than the best simple
 * method, even where the network is no help: whether it repeats the last value or says nonsense.
 */
class MixtureOnStreamsTest {

    private static final int KEYS = 11; // of the mixture each rule once
    private static final int FIRST_TENTH = GeneratedStream.EVENTS / 10;
    private static final double MOST = 1.02;
    private static final double OF_SIZE = 1e-6;

    static Stream<GeneratedStream> streams() {
        return GeneratedStreams.all().stream();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void networkThatRepeatsTheLastValueDoesNotMakeItLose(GeneratedStream stream) {
        Errors errors = Errors.of(stream, 1);

        assertThat(errors.ofMixture()).isLessThanOrEqualTo(errors.most());
    }

    @ParameterizedTest
    @MethodSource("streams")
    void networkThatSaysNonsenseDoesNotMakeItLose(GeneratedStream stream) {
        Errors errors = Errors.of(stream, -3);

        assertThat(errors.ofMixture()).isLessThanOrEqualTo(errors.most());
    }

    /**
     * Sums of absolute errors over the last nine tenths.
     *
     * @param ofMixture of the mixture
     * @param most what it may be
     */
    private record Errors(double ofMixture, double most) {

        /**
         * @param times the last target that the network says
         */
        static Errors of(GeneratedStream stream, double times) {
            ExpertsConfig config = ExpertsConfig.all(stream.season()).tell(true);
            List<ExpertName> names = config.experts();
            double[] sums = new double[names.size()];
            double mixture = 0;
            double size = 0;
            for (int key = 0; key < KEYS; key++) {
                GeneratedStream.Rule rule = stream.rule(key);
                Experts experts = new Experts(config);
                ExpertMemory memory = experts.fitting(null);
                Spoken spoken = new Spoken();
                double last = Double.NaN;
                for (int t = 0; t < GeneratedStream.EVENTS; t++) {
                    double target = rule.next(t);
                    double made = t == 0 ? Double.NaN : spoken.value();
                    for (int i = 0; t >= FIRST_TENTH && i < sums.length; i++) {
                        double said = spoken.told()[i];
                        sums[i] += Math.abs(target - (Double.isNaN(said) ? last : said));
                    }
                    mixture += t >= FIRST_TENTH ? Math.abs(target - made) : 0;
                    size += t >= FIRST_TENTH ? Math.abs(target) : 0;
                    experts.meet(memory, target, made);
                    experts.speak(memory, times * target, spoken);
                    last = target;
                }
            }
            double best =
                    names.stream()
                            .filter(name -> Method.of(name.toString()).isSimple())
                            .mapToDouble(name -> sums[names.indexOf(name)])
                            .min()
                            .orElseThrow();
            return new Errors(mixture, MOST * best + OF_SIZE * size);
        }
    }
}
