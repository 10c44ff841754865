package org.cellstream.jobs.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowJsonTest {

    private final RowJson json = new RowJson(List.of("Date", "Close", "Name"), 2);

    @Test
    void writesNumbersAsTheyStandAndTheKeyAsText() throws IOException {
        assertThat(encode("2012-08-13", "90.10", "007"))
                .isEqualTo("{\"Date\":\"2012-08-13\",\"Close\":90.10,\"Name\":\"007\"}");
    }

    @Test
    void writesEmptyCellsAsNull() throws IOException {
        assertThat(encode("1344816000000", " ", ""))
                .isEqualTo("{\"Date\":1344816000000,\"Close\":null,\"Name\":null}");
    }

    @Test
    void writesWhatJsonTakesForNoNumberAsText() throws IOException {
        assertThat(encode("01", "NaN", "a\"b"))
                .isEqualTo("{\"Date\":\"01\",\"Close\":\"NaN\",\"Name\":\"a\\\"b\"}");
        assertThat(encode("+1", ".5", "é"))
                .isEqualTo("{\"Date\":\"+1\",\"Close\":\".5\",\"Name\":\"é\"}");
    }

    @Test
    void writesARaggedRowAsAnArray() throws IOException {
        assertThat(encode("2012-08-13", "90.10")).isEqualTo("[\"2012-08-13\",\"90.10\"]");
    }

    private String encode(String... cells) throws IOException {
        return new String(json.encode(List.of(cells)), UTF_8);
    }
}
