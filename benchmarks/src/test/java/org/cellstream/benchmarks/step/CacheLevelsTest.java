package org.cellstream.benchmarks.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CacheLevelsTest {

    private static final int KIB = 1024;

    private final CacheLevels caches = new CacheLevels(48 * KIB, 1024 * KIB, 32 * 1024 * KIB);

    @Test
    void readsSizesAsLinuxWritesThem() {
        assertThat(CacheLevels.parse("48K")).isEqualTo(48 * KIB);
        assertThat(CacheLevels.parse("32M")).isEqualTo(32 * KIB * KIB);
        assertThat(CacheLevels.parse("512")).isEqualTo(512);
    }

    @Test
    void weightsAreInTheFirstLevelThatHoldsThem() {
        assertThat(caches.levelOf(48 * KIB)).isEqualTo(1);
        assertThat(caches.levelOf(48 * KIB + 1)).isEqualTo(2);
        assertThat(caches.levelOf(1025 * KIB)).isEqualTo(3);
        assertThat(caches.levelOf(64L * 1024 * KIB)).isEqualTo(3);
    }

    @Test
    void anArrayOfALevelFitsThereAndNotBelow() {
        for (int level = 1; level <= 3; level++) {
            assertThat(caches.levelOf(caches.arrayBytes(level))).isEqualTo(level);
        }
    }

    @Test
    void refusesLevelsThatShrink() {
        assertThatThrownBy(() -> new CacheLevels(48 * KIB, KIB, KIB))
                .hasMessageContaining("49152, 1024 and 1024");
    }
}
