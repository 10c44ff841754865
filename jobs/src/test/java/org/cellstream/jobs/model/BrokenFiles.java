package org.cellstream.jobs.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jhdf.checksum.JenkinsLookup3HashLittle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cellstream.model.ModelFile;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;

/** Fills a folder with files that are no models any more. */
final class BrokenFiles {

    static final int MUTATIONS = 100;

    /** In names of files that may still be models. */
    static final String MUTATED = "mutated";

    private static final int CUTS = 40;

    /** A node of a tree in HDF5: its first bytes, and where its level and its first child are. */
    private static final int TREE = 0x45455254;

    private static final int TREE_LEVEL = 5;
    private static final int TREE_CHILD = 32;
    private static final int BOMB = 300 << 20;

    private final Path folder;
    private final Path whole;

    /**
     * @param whole a folder for whole files
     */
    BrokenFiles(Path folder, Path whole) {
        this.folder = folder;
        this.whole = whole;
    }

    /**
     * Every kind of file cut, mutated, or with something wrong that is named by the file's name.
     */
    void write() throws IOException {
        Path safetensors = whole.resolve("whole.safetensors");
        Weights weights = Weights.seeded(Network.parse("lstm(4) dense(2)", 3), 3);
        new ModelFile(weights, Map.of("made-by", "a test")).write(safetensors);
        Path h5 = fixture().h5(whole.resolve("whole.h5"), true);
        Path keras = fixture().keras(whole.resolve("whole.keras"), "cell", "");
        for (Path file : new Path[] {safetensors, h5, keras}) {
            damage(file);
        }
        writeOtherFormats();
        writeLies(Files.readAllBytes(h5));
        writeBombs();
    }

    /** Cuts and mutates one file. */
    void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String name = file.getFileName().toString();
        for (int i = 0; i < CUTS; i++) {
            int length = (int) ((long) bytes.length * i / CUTS);
            Files.write(folder.resolve("cut-" + i + "-" + name), Arrays.copyOf(bytes, length));
        }
        int oneLess = bytes.length - 1;
        Files.write(folder.resolve("cut-last-" + name), Arrays.copyOf(bytes, oneLess));
        Random random = new Random(23);
        for (int i = 0; i < MUTATIONS; i++) {
            Path mutated = folder.resolve(MUTATED + "-" + i + "-" + name);
            Files.write(mutated, Mutations.of(bytes, random));
        }
    }

    /** Lets every tree of the groups of an old HDF5 file be its own branch. */
    void tie(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at + TREE_CHILD + 8 <= bytes.capacity(); at++) {
            if (bytes.getInt(at) == TREE) {
                bytes.put(at + TREE_LEVEL, (byte) 1).putLong(at + TREE_CHILD, at);
            }
        }
        Files.write(folder.resolve("tied-" + file.getFileName()), bytes.array());
    }

    static KerasFixture fixture() {
        KerasFixture fixture = new KerasFixture();
        return fixture.layer(
                        "LSTM",
                        "memory",
                        config -> config.put("units", 2),
                        fixture.matrix(3, 8),
                        fixture.matrix(2, 8),
                        fixture.vector(8))
                .layer(
                        "Dense",
                        "out",
                        config -> config.put("units", 1),
                        fixture.matrix(2, 1),
                        fixture.vector(1));
    }

    private void writeOtherFormats() throws IOException {
        Files.createDirectory(folder.resolve("folder.keras"));
        write("empty.safetensors", new byte[0]);
        write("text.h5", "Date,Close,Name\n2012-08-13,1,A\n".getBytes(UTF_8));
        write("picture.keras", ByteBuffer.allocate(64).putLong(0x89504E470D0A1A0AL).array());
        write("long-line.safetensors", "{".repeat(100_000).getBytes(UTF_8));
        Weights seeded = Weights.seeded(Network.parse("lstm(4) dense(2)", 3), 3);
        ModelFile whole = new ModelFile(seeded, Map.of());
        OnnxFile.write(folder, whole, folder.resolve("network.onnx"));
        zip("no-config.keras", Map.of("readme.txt", "nothing here".getBytes(UTF_8)));
        zip("no-weights.keras", Map.of("config.json", "{}".getBytes(UTF_8)));
        zip("no-hdf5.keras", entries("{\"class_name\":\"Sequential\"}", new byte[4096]));
        write("magic-alone.h5", new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'});
    }

    private static Map<String, byte[]> entries(String config, byte[] weights) {
        return Map.of(
                "config.json", config.getBytes(UTF_8),
                "metadata.json", "{\"keras_version\":\"3.8.0\"}".getBytes(UTF_8),
                "model.weights.h5", weights);
    }

    /** Lengths that the file does not have. */
    private void writeLies(byte[] h5) throws IOException {
        write("header-of-an-exabyte.safetensors", safetensors(1L << 60, "{}"));
        write("negative-header.safetensors", safetensors(-1, "{}"));
        write("header-as-long-as-two-files.safetensors", safetensors(1000, "{}"));
        String huge =
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647],\"data_offsets\":[0,8589934588]}}";
        write("huge-tensor.safetensors", safetensors(huge.length(), huge));
        String deep = "{\"a\":" + "[".repeat(200_000);
        write("deep.safetensors", safetensors(deep.length(), deep));
        String many = "{\"a\":{\"dtype\":\"F32\",\"shape\":[" + "1,".repeat(3_000_000);
        write("long-shape.safetensors", safetensors(many.length(), many));
        for (long size : new long[] {1L << 20, Integer.MAX_VALUE, 1L << 40, -1}) {
            write("kernel-of-" + size + "-rows.h5", withRows(h5, 3, 8, size));
        }
    }

    private static byte[] safetensors(long length, String header) {
        byte[] text = header.getBytes(UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.putLong(length).put(text).array();
    }

    /** Another number of rows in the header of a dataset of HDF5, with a checksum that is right. */
    private static byte[] withRows(byte[] hdf5, long rows, long columns, long other) {
        ByteBuffer bytes = ByteBuffer.wrap(hdf5.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int header = 0;
        for (int at = 0; at + 16 <= hdf5.length; at++) {
            if (bytes.getInt(at) == 0x5244484f) { // OHDR
                header = at;
            }
            if (bytes.getLong(at) == rows && bytes.getLong(at + 8) == columns) {
                bytes.putLong(at, other);
                int length = 10 + bytes.getInt(header + 6);
                ByteBuffer checked = bytes.slice(header, length);
                bytes.putInt(header + length, JenkinsLookup3HashLittle.hash(checked, 0));
                return bytes.array();
            }
        }
        throw new IllegalArgumentException("there is no such dataset");
    }

    /** Little bytes that become many. */
    private void writeBombs() throws IOException {
        zip("bomb-config.keras", Map.of("config.json", new byte[BOMB]));
        zip("bomb-weights.keras", entries("{\"class_name\":\"Sequential\"}", new byte[BOMB]));
        zip("deep-config.keras", entries("[".repeat(200_000), new byte[8]));
        zip("wide-config.keras", entries("[" + "{},".repeat(1_000_000) + "{}]", new byte[8]));
        StringBuilder nested = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            nested.append("{\"class_name\":\"Sequential\",\"config\":{\"layers\":[");
        }
        nested.append("]}}".repeat(400));
        zip("nested-models.keras", entries(nested.toString(), Files.readAllBytes(hdf5())));
        StringBuilder steps = new StringBuilder("{\"class_name\":\"Sequential\",\"config\":[");
        steps.append("{\"class_name\":\"TimeDistributed\",\"config\":{\"layer\":".repeat(400));
        steps.append("{}").append("}}".repeat(400)).append("]}");
        zip("nested-wrappers.keras", entries(steps.toString(), Files.readAllBytes(hdf5())));
        byte[] words = "dense(1) ".repeat(1_000_000).getBytes(UTF_8);
        String header =
                "{\"__metadata__\":{\"network\":\"%s\"}}".formatted(new String(words, UTF_8));
        write("million-layers.safetensors", safetensors(header.length(), header));
    }

    private Path hdf5() throws IOException {
        Path keras = whole.resolve("other.keras");
        fixture().keras(keras, "cell", "");
        return whole.resolve("model.weights.h5");
    }

    private void zip(String name, Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        write(name, bytes.toByteArray());
    }

    private void write(String name, byte[] bytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
            out.write(bytes);
        }
    }
}
