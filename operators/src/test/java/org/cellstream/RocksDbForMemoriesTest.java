package org.cellstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;

class RocksDbForMemoriesTest {

    private static ReadableConfig configured(Configuration given) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(given);
        RocksDbForMemories.configure(env);
        return env.getConfiguration();
    }

    @Test
    void setsWhatTheJobHasNotSet() {
        ReadableConfig options = configured(new Configuration());

        assertThat(options.get(RocksDBConfigurableOptions.COMPACTION_STYLE))
                .isEqualTo(CompactionStyle.UNIVERSAL);
        assertThat(options.get(RocksDBConfigurableOptions.USE_BLOOM_FILTER)).isTrue();
        assertThat(options.get(RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL))
                .containsExactly(CompressionType.NO_COMPRESSION);
        assertThat(options.get(RocksDBOptions.OPTIONS_FACTORY))
                .isEqualTo(RocksDbForMemories.class.getName());
    }

    @Test
    void keepsWhatTheJobHasSet() {
        Configuration given = new Configuration();
        given.set(RocksDBConfigurableOptions.COMPACTION_STYLE, CompactionStyle.LEVEL);
        given.set(RocksDBOptions.OPTIONS_FACTORY, "mine");

        ReadableConfig options = configured(given);

        assertThat(options.get(RocksDBConfigurableOptions.COMPACTION_STYLE))
                .isEqualTo(CompactionStyle.LEVEL);
        assertThat(options.get(RocksDBOptions.OPTIONS_FACTORY)).isEqualTo("mine");
        assertThat(options.get(RocksDBConfigurableOptions.USE_BLOOM_FILTER)).isTrue();
    }

    @Test
    void leavesMoreRunsUnmergedThanRocksDbItself() throws Exception {
        RocksDBOptionsFactory factory =
                Class.forName(RocksDbForMemories.class.getName())
                        .asSubclass(RocksDBOptionsFactory.class)
                        .getDeclaredConstructor()
                        .newInstance();
        List<AutoCloseable> toClose = new ArrayList<>();
        try (ColumnFamilyOptions usual = new ColumnFamilyOptions();
                ColumnFamilyOptions ours =
                        factory.createColumnOptions(new ColumnFamilyOptions(), toClose)) {
            assertThat(ours.level0FileNumCompactionTrigger())
                    .isGreaterThan(usual.level0FileNumCompactionTrigger());
        }
    }
}
