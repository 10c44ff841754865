package org.cellstream;

import java.util.Collection;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;

/**
 * How RocksDB is set for memories: values of some hundred bytes that are read and written whole, by
 * key, in any order. A job that has set an option itself keeps what it has set.
 *
 * <ul>
 *   <li>Merged files are compacted by their number of runs (universal compaction), and rarely,
 *       since an incremental checkpoint uploads whatever was merged since the last one.
 *   <li>Nothing is compressed: h and c shrink by a fifth, but every read would decompress a block.
 *   <li>Bloom filters say which files need not be read.
 * </ul>
 */
@PublicEvolving
public final class RocksDbForMemories implements RocksDBOptionsFactory {

    private static final long serialVersionUID = 1L;

    /** Sorted runs that are left as they are. Each costs a look at its filter. */
    private static final int RUNS = 10;

    /** Sets what {@code env} has not set, for jobs whose state backend is RocksDB. */
    public static void configure(StreamExecutionEnvironment env) {
        ReadableConfig given = env.getConfiguration();
        Configuration missing = new Configuration();
        put(missing, given, RocksDBConfigurableOptions.COMPACTION_STYLE, CompactionStyle.UNIVERSAL);
        put(missing, given, RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
        put(
                missing,
                given,
                RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL,
                List.of(CompressionType.NO_COMPRESSION));
        put(missing, given, RocksDBOptions.OPTIONS_FACTORY, RocksDbForMemories.class.getName());
        env.configure(missing);
    }

    private static <T> void put(
            Configuration missing, ReadableConfig given, ConfigOption<T> option, T value) {
        if (given.getOptional(option).isEmpty()) {
            missing.set(option, value);
        }
    }

    @Override
    public DBOptions createDBOptions(DBOptions current, Collection<AutoCloseable> toClose) {
        return current;
    }

    @Override
    public ColumnFamilyOptions createColumnOptions(
            ColumnFamilyOptions current, Collection<AutoCloseable> toClose) {
        return current.setLevel0FileNumCompactionTrigger(RUNS);
    }
}
