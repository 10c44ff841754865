package org.cellstream.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

    private static final int MUTATIONS = 100;

    @TempDir private Path folder;

    @Test
    void readsBackWhatItWroteToTheLastBit() throws IOException {
        float[] odd = {-0.0f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY, 1f / 3, 7};
        Safetensors written =
                new Safetensors(
                        Map.of("network", "lstm(\"ü\")"),
                        List.of(
                                new Tensor("z", List.of(2, 3), odd),
                                new Tensor("a", List.of(), new float[] {3}),
                                new Tensor("none", List.of(0, 4), new float[0])));
        Path file = folder.resolve("m.safetensors");

        written.write(file);

        assertThat(Safetensors.read(file)).isEqualTo(written);
    }

    @Test
    void readsTheNumbersOfOtherWidths() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
        data.putDouble(1.0 / 3).putShort((short) 0x3555).putShort((short) 0x8001);
        data.putShort((short) 0xfc00).putShort((short) 0x3eab).putShort((short) 0xc000).putFloat(5);
        Path file =
                write(
                        "{\"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},"
                                + "\"h\":{\"dtype\":\"F16\",\"shape\":[3],\"data_offsets\":[8,14]},"
                                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[14,18]},"
                                + "\"f\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[18,22]}}",
                        data.array());

        List<Tensor> tensors = Safetensors.read(file).tensors();

        assertThat(tensors.get(0).values()).containsExactly((float) (1.0 / 3));
        assertThat(tensors.get(1).values())
                .containsExactly(0.33325195f, -0x1p-24f, Float.NEGATIVE_INFINITY);
        assertThat(tensors.get(2).values()).containsExactly(0.333984375f, -2);
        assertThat(tensors.get(3).values()).containsExactly(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}                           | its shape [1] of F32 takes 4
                    {"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}       | is too large
                    {"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,0]}}        | need 0 to 2^63 - 1
                    {"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}                          | need 0 to 2^63 - 1
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}                           | need it to start at 0 and to end by 4
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[9223372036854775804,9223372036854775807]}} | takes 4
                    {"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}                           | its dtype is I64; need F32, F64, F16 or BF16
                    {"a":{"dtype":"F32","shape":[1]}}                                                | need dtype, shape and two data_offsets
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{}}                    | is no JSON (Duplicate field 'a')
                    {"a":[]}                                                                         | tensor "a": need a JSON object, not a list
                    {}                                                                               | 4 bytes follow the header; its tensors take 0
                    []                                                                               | header: need a JSON object, not a list
                    {"__metadata__":{"network":1}}                                                   | __metadata__ "network": need a text, not a whole number
                    """)
    void saysWhatIsWrongWithAHeader(String header, String message) throws IOException {
        Path file = write(header, new byte[4]);

        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void saysWhatOtherFilesAre() throws IOException {
        Path csv = Files.writeString(folder.resolve("a.csv"), "Date,Close,Name\n2012-08-13,1,A\n");
        Path empty = Files.createFile(folder.resolve("empty"));

        assertThatThrownBy(() -> Safetensors.read(csv))
                .hasMessageContaining("header: its length is")
                .hasMessageContaining("need a safetensors file");
        assertThatThrownBy(() -> Safetensors.read(empty))
                .hasMessage(empty + ": header: the file has 0 bytes; need a safetensors file");
        assertThatThrownBy(() -> Safetensors.read(folder)).hasMessageEndingWith("is no plain file");
    }

    /** A name may hold anything, also what would look like another line of a log. */
    @Test
    void showsNamesOfTheFileInOneLine() throws IOException {
        Path lines = write("{\"a\\nERROR \\u001b[31m\\u2028\":[]}", new byte[0]);
        String name = "b".repeat(1001);

        assertThatThrownBy(() -> Safetensors.read(lines))
                .hasMessage(
                        lines
                                + ": tensor \"a\\nERROR \\u001b[31m\\u2028\": need a JSON object, not a list");
        Path wide = write("{\"%s\":{}}".formatted(name), new byte[0]);
        assertThatThrownBy(() -> Safetensors.read(wide))
                .hasMessageStartingWith(wide + ": tensor \"bbb")
                .hasMessageEndingWith("b...: its name has 1001 characters; need at most 1000");
    }

    /** A mutated file is either taken or refused in one line; nothing else may happen. */
    @Test
    void refusesMutatedFilesInOneLine() throws IOException {
        Path whole = folder.resolve("whole.safetensors");
        TestingModels.seeded("lstm(4) dense(2)", 3).write(whole);
        byte[] bytes = Files.readAllBytes(whole);
        Path file = folder.resolve("mutated.safetensors");
        Random random = new Random(11);
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            Files.write(file, mutated(bytes, random));
            try {
                ModelFile.read(file, null);
            } catch (ModelFormatException e) {
                assertThat(e.getMessage()).startsWith(file + ": ").doesNotContain("\n");
                refused++;
            }
        }

        assertThat(refused).isGreaterThan(MUTATIONS / 2);
    }

    /** Cut, or with a few bytes changed, mostly in the header, where they do harm. */
    private static byte[] mutated(byte[] bytes, Random random) {
        if (random.nextInt(4) == 0) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        byte[] changed = bytes.clone();
        int reach = random.nextInt(4) == 0 ? bytes.length : 600;
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            changed[random.nextInt(reach)] = (byte) random.nextInt();
        }
        return changed;
    }

    private Path write(String header, byte[] data) throws IOException {
        byte[] text = header.strip().getBytes(UTF_8);
        ByteBuffer all =
                ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        all.putLong(text.length).put(text).put(data);
        return Files.write(folder.resolve("given.safetensors"), all.array());
    }
}
