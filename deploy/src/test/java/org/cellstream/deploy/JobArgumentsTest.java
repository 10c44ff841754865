package org.cellstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.entrypoint.EntrypointClusterConfiguration;
import org.apache.flink.runtime.entrypoint.parser.CommandLineParser;
import org.apache.flink.runtime.entrypoint.parser.ParserResultFactory;
import org.cellstream.jobs.ForecastJob;
import org.junit.jupiter.api.Test;

/** What Flink's {@code standalone-job} hands to the job of what compose hands to it. */
class JobArgumentsTest {

    private static final String FACTORY =
            "org.apache.flink.container.entrypoint"
                    + ".StandaloneApplicationClusterConfigurationParserFactory";

    @Test
    void reachTheJob() throws Exception {
        EntrypointClusterConfiguration parsed = parse(command());

        assertThat(jobClass(parsed)).isEqualTo(ForecastJob.class.getName());
        assertThat(parsed.getArgs()).containsExactly("--config", "/opt/cellstream/forecast.yaml");
        assertThat(parsed.getConfigDir()).isEqualTo("/opt/flink/conf");
    }

    /** If Flink ever stops to do so, the lone -- in the compose file may go. */
    @Test
    void wouldBeTakenForFlinksOwnWithoutTheLoneDashes() throws Exception {
        List<String> command = new ArrayList<>(command());
        command.remove("--");

        assertThat(parse(command).getArgs()).isEmpty();
    }

    private static List<String> command() throws Exception {
        List<String> command = Compose.read().service("jobmanager").command();
        assertThat(command.get(0)).isEqualTo("standalone-job");
        return command.subList(1, command.size());
    }

    /** As the image's scripts do: the folder of its options first. */
    private static EntrypointClusterConfiguration parse(List<String> arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("--configDir", "/opt/flink/conf"));
        all.addAll(arguments);
        return new CommandLineParser<>(factory()).parse(all.toArray(new String[0]));
    }

    @SuppressWarnings("unchecked") // the class is not public; this is what it implements
    private static ParserResultFactory<? extends EntrypointClusterConfiguration> factory()
            throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(FACTORY).getDeclaredConstructor();
        constructor.setAccessible(true);
        return (ParserResultFactory<? extends EntrypointClusterConfiguration>)
                constructor.newInstance();
    }

    private static Object jobClass(EntrypointClusterConfiguration parsed)
            throws ReflectiveOperationException {
        Method getter = parsed.getClass().getDeclaredMethod("getJobClassName");
        getter.setAccessible(true);
        return getter.invoke(parsed);
    }
}
