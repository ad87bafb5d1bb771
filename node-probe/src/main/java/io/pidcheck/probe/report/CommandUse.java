package io.pidcheck.probe.report;

/** Tasks added up by process name (comm, made printable). */
public record CommandUse(String comm, long threads, long processes) {}
