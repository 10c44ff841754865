package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cellstream.config.LabelSource;
import org.cellstream.config.LossConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Marks;
import org.junit.jupiter.api.Test;

/** Forecasts whose events bring what should have been forecast at them. */
class GivenLabelsTest {

    private static List<Forecast<String>> forecasts(
            ForecasterSetup setup, LossConfig loss, List<Event<String>> events) throws Exception {
        TestingJob job =
                new TestingJob(
                        setup.shape(),
                        setup.config().loss(loss).labels(LabelSource.GIVEN),
                        setup.weights(0),
                        false,
                        false);
        try (var forecaster = TestingForecaster.of(job, 1, 0, List.of())) {
            for (Event<String> event : events) {
                forecaster.process(event);
            }
            forecaster.end();
            return List.copyOf(forecaster.forecasts());
        }
    }

    @Test
    void forecastIsScoredByTheLabelOfItsOwnEvent() throws Exception {
        List<Forecast<String>> forecasts =
                forecasts(
                        ForecasterSetup.plain(),
                        LossConfig.mse(),
                        List.of(
                                Event.of("key", 0, 2).marked(Marks.NONE.labelled(5)),
                                Event.of("key", 1, 3)));

        Forecast<String> first = forecasts.get(0);
        assertThat(first.error()).isEqualTo(5 - first.values()[0]);
        assertThat(first.persistenceError()).isEqualTo(5 - 2);
        assertThat(forecasts.get(1).error()).isNaN();
        assertThat(forecasts.get(1).persistenceError()).isNaN();
    }

    @Test
    void likeliestClassIsRightIfItIsTheLabel() throws Exception {
        ForecasterSetup setup = ForecasterSetup.plain().network("lstm(5) dense(3)");
        LossConfig loss = LossConfig.parse("categorical-cross-entropy");
        Event<String> event = Event.of("key", 0, 1);
        double likeliest = forecasts(setup, loss, List.of(event)).get(0).rawValues()[0];

        Forecast<String> right =
                forecasts(setup, loss, List.of(event.marked(Marks.NONE.labelled(likeliest))))
                        .get(0);
        Forecast<String> wrong =
                forecasts(
                                setup,
                                loss,
                                List.of(event.marked(Marks.NONE.labelled(2 - likeliest + 1))))
                        .get(0);

        assertThat(right.error()).isZero();
        assertThat(wrong.error()).isEqualTo(1);
    }
}
