package org.cellstream.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What other files of the project say. */
final class Project {

    /** This module's folder, which is the context of the image's build too. */
    static final Path DEPLOY = Path.of("").toAbsolutePath();

    static final Path DOCKER = DEPLOY.resolve("docker");
    static final Path KUBERNETES = DEPLOY.resolve("kubernetes/base");

    private Project() {}

    /** The project's version. */
    static String version() throws IOException {
        return pom("version");
    }

    /** The first element of a name in the root's pom, as {@code flink.version}. */
    static String pom(String element) throws IOException {
        String pom = Files.readString(DEPLOY.resolveSibling("pom.xml"));
        String quoted = Pattern.quote(element);
        Matcher found = Pattern.compile("<" + quoted + ">([^<]+)</" + quoted + ">").matcher(pom);
        if (!found.find()) {
            throw new IllegalArgumentException("pom.xml has no element " + element);
        }
        return found.group(1);
    }

    /** The launcher's flags but for the size of the heap, which on a cluster is Flink's to set. */
    static List<String> jvmFlags() throws IOException {
        return Files.readAllLines(DEPLOY.resolve("jvm.options")).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .filter(flag -> !flag.startsWith("-Xm"))
                .toList();
    }

    /** Every file below a folder of this module. */
    static List<Path> filesBelow(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(DEPLOY.resolve(folder))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
