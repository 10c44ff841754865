/**
 * Option keys, and the checked records made from them. An option's default stands here and nowhere
 * else; a record's constructor says which key is wrong, its value and what is allowed.
 *
 * <p>A leaf: imports Flink's configuration and nothing of Cellstream. Records are immutable and
 * serializable.
 */
@NullMarked
package org.cellstream.config;

import org.jspecify.annotations.NullMarked;
