package org.cellstream.jobs.config;

import org.apache.flink.annotation.Internal;

/**
 * One thing that is wrong.
 *
 * @param key the option at fault; empty where it is none, as in a file that is no YAML
 * @param text what is wrong, its value and what is allowed
 */
@Internal
public record Mistake(String key, String text) {}
