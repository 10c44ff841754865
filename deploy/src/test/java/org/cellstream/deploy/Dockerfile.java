package org.cellstream.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The instructions of a Dockerfile, in order. Reads comments and lines that go on after a
 * backslash; documents within ("here documents") and parser directives are refused.
 */
record Dockerfile(List<Instruction> instructions) {

    private static final Set<String> KNOWN =
            Set.of(
                    "ADD",
                    "ARG",
                    "CMD",
                    "COPY",
                    "ENTRYPOINT",
                    "ENV",
                    "EXPOSE",
                    "FROM",
                    "HEALTHCHECK",
                    "LABEL",
                    "ONBUILD",
                    "RUN",
                    "SHELL",
                    "STOPSIGNAL",
                    "USER",
                    "VOLUME",
                    "WORKDIR");

    /** One instruction, in capitals, and what follows it. */
    record Instruction(String name, String arguments) {}

    /** A {@code COPY} of one or more sources, which may have a star in the file's name. */
    record Copy(List<String> options, List<String> sources, String target) {}

    static Dockerfile read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    static Dockerfile parse(String text) {
        List<Instruction> instructions = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String part : text.lines().map(String::strip).toList()) {
            if (part.matches("#\\s*(syntax|escape|check)\\s*=.*")) {
                throw new IllegalArgumentException(part + " is a directive; need none");
            }
            if (part.isEmpty() || part.startsWith("#")) {
                continue;
            }
            boolean goesOn = part.endsWith("\\");
            line.append(goesOn ? part.substring(0, part.length() - 1) : part).append(' ');
            if (!goesOn) {
                instructions.add(instruction(line.toString().strip()));
                line.setLength(0);
            }
        }
        if (line.length() > 0) {
            throw new IllegalArgumentException("the last line, " + line + ", goes on to nowhere");
        }
        return new Dockerfile(List.copyOf(instructions));
    }

    private static Instruction instruction(String line) {
        String[] parts = line.split("\\s+", 2);
        String name = parts[0].toUpperCase(Locale.ROOT);
        if (!KNOWN.contains(name) || parts.length < 2) {
            throw new IllegalArgumentException(
                    line + " is no instruction; need one of " + KNOWN + " and what it takes");
        }
        if (parts[1].contains("<<")) {
            throw new IllegalArgumentException(line + " has a document within; need a file");
        }
        return new Instruction(name, parts[1]);
    }

    /** What follows each instruction of a name. */
    List<String> all(String name) {
        return instructions.stream()
                .filter(i -> i.name().equals(name))
                .map(Instruction::arguments)
                .toList();
    }

    List<Copy> copies() {
        return all("COPY").stream().map(Dockerfile::copy).toList();
    }

    private static Copy copy(String arguments) {
        List<String> words = List.of(arguments.split("\\s+", -1));
        List<String> options = words.stream().takeWhile(w -> w.startsWith("--")).toList();
        List<String> paths = words.subList(options.size(), words.size());
        if (paths.size() < 2) {
            throw new IllegalArgumentException(
                    "COPY " + arguments + "; need a source and a target");
        }
        int last = paths.size() - 1;
        return new Copy(options, paths.subList(0, last), paths.get(last));
    }

    /** Where in the image a file of the build's context lies; refuses one that is not copied. */
    String targetOf(String source) {
        return copies().stream()
                .filter(c -> c.sources().contains(source))
                .map(c -> c.target() + source.substring(source.lastIndexOf('/') + 1))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(source + " is not copied"));
    }

    /** Every source of every {@code COPY}. */
    Stream<String> sources() {
        return copies().stream().flatMap(c -> c.sources().stream());
    }
}
