package org.cellstream.jobs.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ForecastLineTest {

    @Test
    void readsWhatReportsNeed() throws IOException {
        ForecastLine line =
                parse(
                        """
                        {"key":"AAPL","time":1344816000000,"step":7,"values":[0.5],"rawValues":[1.25],
                        "weightsGeneration":1,"weightsNumber":42,"cold":false,"stepsSinceReset":7,
                        "error":-0.25,"persistenceError":2,"later":{"more":[1,2]}}\
                        """);

        assertThat(line).isEqualTo(new ForecastLine("AAPL", 1344816000000L, 7, 42, 1.25, -0.25, 2));
    }

    @Test
    void takesAMissingErrorForNotANumber() throws IOException {
        ForecastLine line =
                parse(
                        """
                        {"key":17,"time":1,"step":1,"rawValues":[],"error":null,"persistenceError":"NaN"}\
                        """);

        assertThat(line.key()).isEqualTo("17");
        assertThat(line.error()).isNaN();
        assertThat(line.persistenceError()).isNaN();
        assertThat(line.rawValue()).isNaN();
    }

    @Test
    void refusesWhatIsNoForecast() {
        assertThatThrownBy(() -> parse("[1]"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("JSON object");
        assertThatThrownBy(() -> parse("{\"key\":\"a\"}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("step");
    }

    private static ForecastLine parse(String json) throws IOException {
        return ForecastLine.parse(json.getBytes(UTF_8));
    }
}
