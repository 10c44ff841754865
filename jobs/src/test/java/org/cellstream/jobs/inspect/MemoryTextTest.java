package org.cellstream.jobs.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.List;
import org.cellstream.nn.Network;
import org.cellstream.savepoint.SavedLayer;
import org.cellstream.savepoint.SavedMemory;
import org.cellstream.savepoint.SavedShape;
import org.junit.jupiter.api.Test;

class MemoryTextTest {

    private static final SavedShape SHAPE =
            new SavedShape(Network.of(2).lstm(2).lstm(1).dense(1), "a=a, b=b", "a");
    private static final SavedShape OTHER =
            new SavedShape(Network.of(2).lstm(1).dense(1), "a=a, b=b", "a");

    @Test
    void writesARowWithNormsForEachLayer() {
        CsvText csv = new CsvText(SHAPE, false);

        assertThat(csv.header())
                .isEqualTo(
                        "key,time,timeMillis,step,stepsSinceReset,weightsGeneration,weightsNumber,"
                                + "madeFor,lstm.hNorm,lstm.cNorm,lstm_1.hNorm,lstm_1.cNorm\n");
        assertThat(csv.of("a,\"b\"\nc", memory()))
                .isEqualTo(
                        "\"a,\"\"b\"\"\nc\",2013-02-28T00:00:00Z,1362009600000,7,3,2,9,,5.0,1.0,0.5,2.0\n");
    }

    @Test
    void writesTheValuesOfOneKeyBehindTheNorms() {
        CsvText csv = new CsvText(SHAPE, true);

        assertThat(csv.header())
                .endsWith(
                        "lstm_1.cNorm,lstm.h.0,lstm.h.1,lstm.c.0,lstm.c.1,lstm_1.h.0,lstm_1.c.0\n");
        assertThat(csv.of("k", memory())).endsWith(",2.0,3.0,-4.0,0.0,1.0,0.5,-2.0\n");
    }

    @Test
    void saysWhichMemoriesAreThoseOfAnotherNetwork() {
        CsvText csv = new CsvText(SHAPE, true);
        SavedMemory other = new SavedMemory(5, 1, 1, 1, 0, OTHER, List.of(layer("lstm", 1, 0)));

        assertThat(csv.of("k", other))
                .isEqualTo(
                        "k,1970-01-01T00:00:00.005Z,5,1,1,1,0,"
                                + "\"lstm(1) dense(1) over 2 inputs on a=a, b=b for a\","
                                + "1.0,0.0,,,1.0,,0.0,,,\n");
        assertThat(new JsonText(SHAPE, false).of("k", other))
                .contains("\"madeFor\":\"lstm(1) dense(1) over 2 inputs on a=a, b=b for a\"");
    }

    @Test
    void leavesOutTheTimeOfAKeyWithoutEvents() {
        SavedMemory seeded = new SavedMemory(Long.MIN_VALUE, 0, 0, 1, 0, null, List.of());

        assertThat(new CsvText(SHAPE, false).of("k", seeded))
                .isEqualTo("k,,,0,0,1,0,unknown,,,,\n");
        assertThat(new JsonText(SHAPE, false).of("k", seeded))
                .startsWith("{\"key\":\"k\",\"time\":null,\"timeMillis\":null,\"step\":0,");
    }

    @Test
    void writesAnObjectWithTheLayersInTheirOrder() {
        assertThat(new JsonText(SHAPE, false).of("k\"1", memory()))
                .isEqualTo(
                        "{\"key\":\"k\\\"1\",\"time\":\"2013-02-28T00:00:00Z\","
                                + "\"timeMillis\":1362009600000,\"step\":7,\"stepsSinceReset\":3,"
                                + "\"weightsGeneration\":2,\"weightsNumber\":9,\"layers\":["
                                + "{\"name\":\"lstm\",\"hNorm\":5.0,\"cNorm\":1.0},"
                                + "{\"name\":\"lstm_1\",\"hNorm\":0.5,\"cNorm\":2.0}]}");
        assertThat(new JsonText(SHAPE, true).of("k", memory()))
                .contains("\"h\":[3.0,-4.0],\"c\":[0.0,1.0]}", "\"h\":[0.5],\"c\":[-2.0]}");
    }

    @Test
    void putsTheJobBeforeItsMemories() throws Exception {
        StringWriter out = new StringWriter();
        MemoryDocument some = MemoryDocument.json(out, "{}");
        some.add("1");
        some.add("2");
        some.end();
        StringWriter none = new StringWriter();
        MemoryDocument.json(none, "{}").end();

        assertThat(out.toString()).isEqualTo("{\"job\": {},\n\"memories\": [\n1,\n2\n]}\n");
        assertThat(none.toString()).isEqualTo("{\"job\": {},\n\"memories\": [\n]}\n");
    }

    private static SavedMemory memory() {
        return new SavedMemory(
                1_362_009_600_000L,
                7,
                3,
                2,
                9,
                SHAPE,
                List.of(
                        new SavedLayer("lstm", new float[] {3, -4}, new float[] {0, 1}),
                        layer("lstm_1", 0.5f, -2)));
    }

    private static SavedLayer layer(String name, float h, float c) {
        return new SavedLayer(name, new float[] {h}, new float[] {c});
    }
}
