package org.cellstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SplittableRandom;
import org.cellstream.event.Forecast;
import org.junit.jupiter.api.Test;

class ForecastEncoderTest {

    private static final int FORECASTS = 5000;
    private static final List<String> KEYS =
            List.of(
                    "key-17",
                    "Zürich",
                    "\"\\/\n\t\u0000",
                    "\uD83D\uDE00",
                    "\uD83D",
                    "",
                    "long ".repeat(400));
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final SplittableRandom random = new SplittableRandom(1);
    private final ForecastEncoder encoder = new ForecastEncoder("forecasts");

    @Test
    void writesOneAfterTheOtherWhatATreeHolds() throws Exception {
        for (int i = 0; i < FORECASTS; i++) {
            Forecast<String> forecast = forecast(KEYS.get(random.nextInt(KEYS.size())));

            byte[] json = encoder.encode(forecast).value();

            JsonNode read = MAPPER.readTree(json);
            assertThat(read).isEqualTo(tree(forecast));
            assertThat(read.fieldNames())
                    .toIterable()
                    .containsExactlyElementsOf(() -> tree(forecast).fieldNames());
        }
    }

    private Forecast<String> forecast(String key) {
        return forecastOfNext(key).withHorizons(numbers(), numbers(), numbers());
    }

    private Forecast<String> forecastOfNext(String key) {
        return new Forecast<>(
                key,
                random.nextLong(),
                random.nextLong(1000),
                numbers(),
                numbers(),
                random.nextLong(9),
                random.nextLong(1L << 40),
                random.nextBoolean(),
                random.nextLong(1000),
                number(),
                number(),
                random.nextBoolean(),
                number(),
                number(),
                number(),
                random.nextBoolean() ? "network" : "holt-winters",
                number(),
                numbers());
    }

    private double[] numbers() {
        return random.ints(random.nextInt(4)).mapToDouble(any -> number()).toArray();
    }

    private double number() {
        return switch (random.nextInt(4)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt(100);
            case 2 -> (float) random.nextDouble();
            default -> random.nextBoolean() ? Double.NaN : Double.NEGATIVE_INFINITY;
        };
    }

    private static ObjectNode tree(Forecast<String> forecast) {
        ObjectNode tree = NODES.objectNode();
        tree.put("key", forecast.key());
        tree.set("time", whole(forecast.time()));
        tree.set("step", whole(forecast.step()));
        tree.set("values", array(forecast.values()));
        tree.set("weightsGeneration", whole(forecast.weightsGeneration()));
        tree.set("weightsNumber", whole(forecast.weightsNumber()));
        tree.put("cold", forecast.cold());
        tree.set("stepsSinceReset", whole(forecast.stepsSinceReset()));
        tree.set("error", node(forecast.error()));
        tree.set("persistenceError", node(forecast.persistenceError()));
        if (forecast.rawValues().length > 0) {
            tree.set("rawValues", array(forecast.rawValues()));
        }
        if (forecast.correction()) {
            tree.put("correction", true);
        }
        known(tree, "low", forecast.low());
        known(tree, "high", forecast.high());
        known(tree, "anomaly", forecast.anomaly());
        tree.put("spoke", forecast.spoke());
        tree.set("share", node(forecast.share()));
        if (forecast.experts().length > 0) {
            tree.set("experts", array(forecast.experts()));
        }
        if (forecast.horizonValues().length > 0) {
            tree.set("horizonValues", array(forecast.horizonValues()));
            tree.set("horizonErrors", array(forecast.horizonErrors()));
            tree.set("horizonPersistenceErrors", array(forecast.horizonPersistenceErrors()));
        }
        return tree;
    }

    private static void known(ObjectNode tree, String name, double number) {
        if (!Double.isNaN(number)) {
            tree.set(name, node(number));
        }
    }

    private static ArrayNode array(double[] numbers) {
        ArrayNode array = NODES.arrayNode();
        for (double number : numbers) {
            array.add(node(number));
        }
        return array;
    }

    /** As a reader makes it: an int where that is enough. */
    private static JsonNode whole(long number) {
        return number == (int) number ? NODES.numberNode((int) number) : NODES.numberNode(number);
    }

    private static JsonNode node(double number) {
        return Double.isFinite(number) ? NODES.numberNode(number) : NODES.nullNode();
    }
}
