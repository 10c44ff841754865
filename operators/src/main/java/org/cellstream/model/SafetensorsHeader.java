package org.cellstream.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file, each entry checked by itself.
 *
 * @param entries in the header's order
 */
record SafetensorsHeader(Map<String, String> metadata, List<Entry> entries) {

    static final String METADATA = "__metadata__";

    private static final int LONGEST_NAME = 1000;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    /**
     * Where a tensor lies.
     *
     * @param begin its first byte, counted from the end of the header
     * @param end the byte after its last; the shape takes exactly those between
     */
    record Entry(String name, DataType type, List<Integer> shape, long begin, long end) {

        String place() {
            return "tensor \"" + name + "\"";
        }
    }

    static SafetensorsHeader parse(Path file, String text) throws IOException {
        try (JsonParser json = JSON.createParser(text)) {
            return new Parsing(file, json).header();
        } catch (JsonProcessingException e) {
            String problem = String.valueOf(e.getOriginalMessage());
            throw new ModelFormatException(
                    file,
                    "header",
                    "is no JSON (%s); need a safetensors file"
                            .formatted(problem.lines().findFirst().orElse("")),
                    e);
        }
    }

    private record Parsing(Path file, JsonParser json) {

        SafetensorsHeader header() throws IOException {
            Map<String, String> metadata = new TreeMap<>();
            List<Entry> entries = new ArrayList<>();
            need("header", JsonToken.START_OBJECT, json.nextToken());
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals(METADATA)) {
                    metadata(metadata);
                } else {
                    entries.add(entry(name));
                }
            }
            if (json.nextToken() != null) {
                throw wrong("header", "something follows its closing brace; need blanks only");
            }
            return new SafetensorsHeader(metadata, entries);
        }

        private void metadata(Map<String, String> into) throws IOException {
            need(METADATA, JsonToken.START_OBJECT, json.currentToken());
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                need(METADATA + " \"" + name + "\"", JsonToken.VALUE_STRING, json.nextToken());
                into.put(name, json.getText());
            }
        }

        private Entry entry(String name) throws IOException {
            String place = "tensor \"" + name + "\"";
            if (name.length() > LONGEST_NAME) {
                throw wrong(
                        place,
                        "its name has %d characters; need at most %d"
                                .formatted(name.length(), LONGEST_NAME));
            }
            String type = null;
            List<Long> shape = null;
            List<Long> offsets = null;
            need(place, JsonToken.START_OBJECT, json.currentToken());
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "dtype" -> {
                        need(place + " dtype", JsonToken.VALUE_STRING, json.currentToken());
                        type = json.getText();
                    }
                    case "shape" -> shape = numbers(place + " shape");
                    case "data_offsets" -> offsets = numbers(place + " data_offsets");
                    default ->
                            throw wrong(
                                    place,
                                    "it has \"%s\"; need dtype, shape and data_offsets"
                                            .formatted(field));
                }
            }
            return checked(name, type, shape, offsets);
        }

        private Entry checked(
                String name,
                @Nullable String dtype,
                @Nullable List<Long> shape,
                @Nullable List<Long> offsets)
                throws IOException {
            String place = "tensor \"" + name + "\"";
            if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
                throw wrong(place, "need dtype, shape and two data_offsets");
            }
            DataType type = DataType.of(dtype);
            if (type == null && name.endsWith(".num_batches_tracked")) {
                throw wrong(
                        place,
                        "it is of a batch normalisation; need a network without, or one that has"
                                + " been folded into the layer below it");
            }
            if (type == null) {
                throw wrong(place, "its dtype is %s; need F32, F64, F16 or BF16".formatted(dtype));
            }
            long begin = offsets.get(0);
            long end = offsets.get(1);
            long bytes = type.bytes;
            List<Integer> sizes = new ArrayList<>();
            for (long size : shape) {
                if (size > Integer.MAX_VALUE || bytes * size > Integer.MAX_VALUE) {
                    throw wrong(
                            place,
                            "its shape %s is too large; need at most %d bytes"
                                    .formatted(shape, Integer.MAX_VALUE));
                }
                bytes *= size;
                sizes.add((int) size);
            }
            if (end - begin != bytes) {
                throw wrong(
                        place,
                        "its offsets %s hold %d bytes; its shape %s of %s takes %d"
                                .formatted(offsets, end - begin, shape, dtype, bytes));
            }
            return new Entry(name, type, sizes, begin, end);
        }

        private List<Long> numbers(String place) throws IOException {
            need(place, JsonToken.START_ARRAY, json.currentToken());
            List<Long> numbers = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                need(place, JsonToken.VALUE_NUMBER_INT, json.currentToken());
                if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        || json.getLongValue() < 0) {
                    throw wrong(place, "%s; need 0 to 2^63 - 1".formatted(json.getText()));
                }
                numbers.add(json.getLongValue());
            }
            return numbers;
        }

        private void need(String place, JsonToken expected, @Nullable JsonToken found)
                throws IOException {
            if (found != expected) {
                throw wrong(place, "need %s, not %s".formatted(spoken(expected), spoken(found)));
            }
        }

        private static String spoken(@Nullable JsonToken token) {
            if (token == null) {
                return "the end";
            }
            return switch (token) {
                case START_OBJECT -> "a JSON object";
                case START_ARRAY -> "a list";
                case VALUE_STRING -> "a text";
                case VALUE_NUMBER_INT -> "a whole number";
                default -> "\"" + String.valueOf(token.asString()) + "\"";
            };
        }

        private ModelFormatException wrong(String place, String problem) {
            return new ModelFormatException(file, place, problem);
        }
    }
}
