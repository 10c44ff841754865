package org.cellstream.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version that Maven left in a library's jar. */
public final class JarVersion {

    private JarVersion() {}

    /** That of an artifact on the class path; {@code unknown} if its jar does not say. */
    public static String of(String group, String artifact) throws IOException {
        String file = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (InputStream properties = JarVersion.class.getResourceAsStream(file)) {
            if (properties == null) {
                return "unknown";
            }
            Properties read = new Properties();
            read.load(properties);
            return read.getProperty("version", "unknown");
        }
    }
}
