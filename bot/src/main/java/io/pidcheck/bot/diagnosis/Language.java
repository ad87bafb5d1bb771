package io.pidcheck.bot.diagnosis;

import java.util.Locale;

/** What a process is written in, as far as its name, command line and threads tell. */
public enum Language {
  DOTNET,
  JVM,
  NODE,
  PYTHON,
  RUBY,
  PHP,
  ERLANG,
  RUST,
  GO,
  SHELL,
  UNKNOWN;

  /** By the program that is run: the last part of the command line's first word. */
  static Language ofProgram(String comm, String commandLine) {
    String first = commandLine.isEmpty() ? comm : commandLine.split(" ", 2)[0];
    String program = first.substring(first.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    Language byProgram = ofName(program);
    return byProgram == UNKNOWN ? ofName(comm.toLowerCase(Locale.ROOT)) : byProgram;
  }

  private static Language ofName(String program) {
    if (program.matches("dotnet|.*\\.dll|mono.*")) {
      return DOTNET;
    }
    if (program.matches("java|javaw|jsvc|.*\\.jar")) {
      return JVM;
    }
    if (program.matches("node|nodejs|npm.*|pm2.*|bun|deno|next-server.*")) {
      return NODE;
    }
    if (program.matches("(python|pypy|gunicorn|uwsgi|celery|uvicorn).*")) {
      return PYTHON;
    }
    if (program.matches("(ruby|puma|sidekiq|unicorn|rails|irb).*")) {
      return RUBY;
    }
    if (program.matches("php.*")) {
      return PHP;
    }
    if (program.matches("beam\\.smp|erl|erl_child_setup|rabbitmq.*")) {
      return ERLANG;
    }
    if (program.matches(
        "kubelet|kube-.*|containerd.*|dockerd|etcd|coredns|prometheus|node_exporter|calico-node"
            + "|traefik|cilium.*|flanneld|vault|consul|minio|grafana.*|alertmanager")) {
      return GO;
    }
    return program.matches("-?(ba|da|z|k|a)?sh|busybox|sleep|xargs|timeout|cron|crond")
        ? SHELL
        : UNKNOWN;
  }
}
