package org.cellstream.benchmarks.peers;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cellstream.jobs.report.Report;

/** The versions of libraries, from the names of their jars on the class path. */
public final class JarVersion {

    private static final List<String> JARS =
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(path -> new File(path).getName())
                    .toList();

    private JarVersion() {}

    /** That of an artifact; {@code unknown} if no jar is named after it. */
    public static String of(String artifact) {
        Pattern name = Pattern.compile(Pattern.quote(artifact) + "-(\\d.*)\\.jar");
        return JARS.stream()
                .map(name::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElse("unknown");
    }

    /** Puts those of what a job runs on. */
    public static void reportJobs(Report report) {
        report.put("flinkVersion", of("flink-runtime"))
                .put("rocksDbVersion", of("frocksdbjni"))
                .put("kafkaVersion", of("kafka-clients"));
    }

    /** Puts those of what is called per event beside us. */
    public static void reportPeers(Report report) {
        report.put("dl4jVersion", of("deeplearning4j-nn"))
                .put("onnxRuntimeVersion", of("onnxruntime"));
    }
}
