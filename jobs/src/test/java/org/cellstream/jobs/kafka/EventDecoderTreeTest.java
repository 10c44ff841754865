package org.cellstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.cellstream.event.Event;
import org.junit.jupiter.api.Test;

/** What is read is what Jackson's tree holds, in whatever order records have their fields. */
class EventDecoderTreeTest {

    private static final int RECORDS = 5000;
    private static final int MORE_THAN_ARE_EXPECTED = 300;
    private static final EventFormat FORMAT =
            new EventFormat("Näme", "time", List.of("Höhe", "Low", "a \"b\""));
    private static final List<String> OTHERS =
            List.of("x", "", "tim", "timer", "LOW", "\uD83D\uDE00");
    private static final List<String> KEYS = List.of("A", "Zürich", "\"\\\n", "\uD83D\uDE00", "7");
    private static final JsonMapper PLAIN = new JsonMapper();
    private static final JsonMapper ESCAPED =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Random random = new Random(1);
    private final EventDecoder decoder = new EventDecoder(FORMAT);

    @Test
    void readsWhatTheTreeHolds() throws Exception {
        for (int i = 0; i < RECORDS; i++) {
            byte[] json = record(random.nextInt(3));

            assertThat(decode(json).event()).isEqualTo(event(PLAIN.readTree(json)));
        }
    }

    @Test
    void readsRecordsOfMoreFieldsThanAreExpected() throws Exception {
        for (int i = 0; i < 3; i++) {
            byte[] json = record(MORE_THAN_ARE_EXPECTED);

            assertThat(decode(json).event()).isEqualTo(event(PLAIN.readTree(json)));
        }
    }

    @Test
    void rejectsARecordThatEndsAnywhereAndReadsTheNext() throws Exception {
        byte[] json = record(2);
        Event<String> event = event(PLAIN.readTree(json));
        for (int length = 0; length < json.length; length++) {
            assertThat(decode(Arrays.copyOf(json, length)).rejected()).isNotNull();
            assertThat(decode(json).event()).isEqualTo(event);
        }
    }

    private DecodedRecord decode(byte[] json) {
        return decoder.decode(new ConsumerRecord<>("events", 3, 42, null, json));
    }

    private static Event<String> event(JsonNode tree) {
        double[] numbers =
                FORMAT.numbers().stream().mapToDouble(n -> tree.get(n).asDouble()).toArray();
        String key = tree.get("Näme").asText();
        return new Event<>(key, tree.get("time").asLong(), numbers, 3, 42);
    }

    /** A record that can be read, mostly in the order of the last one, and so many fields more. */
    private byte[] record(int others) throws IOException {
        List<String> names = new ArrayList<>(FORMAT.numbers());
        names.add("Näme");
        names.add("time");
        for (int i = 0; i < others; i++) {
            names.add(
                    random.nextInt(1 + names.size()),
                    OTHERS.get(random.nextInt(OTHERS.size())) + i);
        }
        if (random.nextInt(4) == 0) {
            Collections.shuffle(names, random);
        }
        ObjectNode tree = PLAIN.createObjectNode();
        names.forEach(name -> put(tree, name));
        ObjectMapper mapper = random.nextInt(4) == 0 ? ESCAPED : PLAIN;
        return random.nextInt(4) == 0
                ? mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree)
                : mapper.writeValueAsBytes(tree);
    }

    private void put(ObjectNode tree, String name) {
        if (name.equals("Näme")) {
            tree.put(name, KEYS.get(random.nextInt(KEYS.size())));
        } else if (name.equals("time")) {
            tree.put(name, random.nextInt());
        } else if (FORMAT.numbers().contains(name)) {
            putNumber(tree, name);
        } else {
            putAnything(tree, name);
        }
    }

    private void putNumber(ObjectNode tree, String name) {
        double number = random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300);
        switch (random.nextInt(4)) {
            case 0 -> tree.put(name, random.nextLong());
            case 1 -> tree.put(name, Double.toString(number));
            case 2 -> tree.put(name, (float) random.nextDouble());
            default -> tree.put(name, number);
        }
    }

    private void putAnything(ObjectNode tree, String name) {
        switch (random.nextInt(4)) {
            case 0 -> tree.putNull(name);
            case 1 -> tree.putArray(name).add(1).addObject().put("time", "no").putArray("Low");
            case 2 -> tree.putObject(name).put("Höhe", 1).putObject("Näme").put("time", true);
            default -> tree.put(name, "Low\":1,\"time");
        }
    }
}
