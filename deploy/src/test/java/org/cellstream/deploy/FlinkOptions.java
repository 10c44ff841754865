package org.cellstream.deploy;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;

/** Options of Flink as they are written in a file, against those that Flink has. */
final class FlinkOptions {

    /** The folder that all processes share. */
    static final String STATE = "/opt/flink/state";

    private static final String REPORTER = "metrics.reporter.prom.";

    private static final Map<String, ConfigOption<?>> KNOWN =
            known(
                    List.of(
                            CoreOptions.class,
                            RestOptions.class,
                            JobManagerOptions.class,
                            TaskManagerOptions.class,
                            HighAvailabilityOptions.class,
                            StateBackendOptions.class,
                            CheckpointingOptions.class,
                            RocksDBConfigurableOptions.class));

    private FlinkOptions() {}

    private static Map<String, ConfigOption<?>> known(List<Class<?>> holders) {
        Map<String, ConfigOption<?>> known = new HashMap<>();
        known.put(
                REPORTER + MetricOptions.REPORTER_FACTORY_CLASS.key(),
                MetricOptions.REPORTER_FACTORY_CLASS);
        for (Class<?> holder : holders) {
            for (Field field : holder.getFields()) {
                if (Modifier.isStatic(field.getModifiers())
                        && field.getType().equals(ConfigOption.class)) {
                    ConfigOption<?> option = (ConfigOption<?>) value(field);
                    known.put(option.key(), option);
                }
            }
        }
        return known;
    }

    private static Object value(Field constant) {
        try {
            return constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(constant + " is public", e);
        }
    }

    /** Keys that Flink has no option of, and those with a value that it cannot read. */
    static Set<String> wrong(Map<String, String> written) {
        Set<String> wrong = new TreeSet<>();
        Configuration configuration = Configuration.fromMap(written);
        for (String key : written.keySet()) {
            ConfigOption<?> option = KNOWN.get(key);
            if (option == null && !key.equals(REPORTER + "port")) { // the reporter's own
                wrong.add(key + " is no option");
            } else if (option != null) {
                try {
                    configuration.getOptional(option);
                } catch (IllegalArgumentException e) {
                    wrong.add(key + " is " + written.get(key));
                }
            }
        }
        return wrong;
    }

    /** Values that are files or folders. */
    static List<String> paths(Map<String, String> written) {
        return written.values().stream().filter(v -> v.startsWith("file:")).sorted().toList();
    }
}
