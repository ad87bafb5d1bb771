package io.pidcheck.bot.check;

import io.pidcheck.bot.evidence.EvidenceReader;
import io.pidcheck.bot.evidence.Probes;

/** Who reads how the probe ended, and who what is around the node. */
public record Readers(Probes probe, EvidenceReader evidence) {}
