package org.cellstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonObjectsTest {

    private static final int LONGER_THAN_ANY_BUFFER = 100_000;

    private final JsonObjects objects = new JsonObjects();

    @Test
    void writesObjectsApartFromEachOther() {
        assertThat(object("a")).isEqualTo("{\"text\":\"a\"}");
        assertThat(object("b")).isEqualTo("{\"text\":\"b\"}");
    }

    @Test
    void writesAShortObjectAfterALongOne() {
        String text = "x".repeat(LONGER_THAN_ANY_BUFFER);

        assertThat(object(text)).isEqualTo("{\"text\":\"" + text + "\"}");
        assertThat(object("b")).isEqualTo("{\"text\":\"b\"}");
    }

    @Test
    void writesAnObjectWholeAfterOneThatFailedInItsMidst() {
        assertThatThrownBy(
                        () ->
                                objects.object(
                                        json -> {
                                            json.writeArrayFieldStart("text");
                                            throw new IOException("no more");
                                        }))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(object("b")).isEqualTo("{\"text\":\"b\"}");
    }

    private String object(String text) {
        byte[] bytes = objects.object(json -> json.writeStringField("text", text));
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
