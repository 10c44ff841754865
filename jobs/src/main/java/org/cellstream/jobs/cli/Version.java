package org.cellstream.jobs.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that Maven wrote into the jar. */
final class Version implements IVersionProvider {

    private static final String FILE =
            "/META-INF/maven/org.cellstream/cellstream-jobs/pom.properties";

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"cellstream " + number(), "Java " + Runtime.version()};
    }

    /** The version; "unpacked" if the classes do not come from a jar. */
    static String number() throws IOException {
        try (InputStream in = Version.class.getResourceAsStream(FILE)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unpacked");
        }
    }
}
