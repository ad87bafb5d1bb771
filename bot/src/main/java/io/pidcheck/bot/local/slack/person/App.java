package io.pidcheck.bot.local.slack.person;

import io.pidcheck.bot.local.slack.api.Composer;
import io.pidcheck.bot.local.slack.api.ResponseUrlAnswers;
import io.pidcheck.bot.local.slack.socket.SocketMode;
import io.pidcheck.bot.local.slack.workspace.Wire;
import io.pidcheck.bot.local.slack.workspace.Workspace;

/** The installed app, as a person's doings reach it. */
public record App(Workspace workspace, Wire wire, SocketMode socket, Composer composer) {

  Payloads payloads() {
    return new Payloads(workspace, wire);
  }

  ResponseUrlAnswers answers() {
    return new ResponseUrlAnswers(workspace, composer);
  }
}
