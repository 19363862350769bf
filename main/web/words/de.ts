import type { Words } from './words.ts';

export const de: Words = {
  language: 'de',
  direction: 'ltr',
  agency: 'Ihre Agentur',
  title: (client) => `${client} verbinden`,
  intro: (agency) =>
    `${agency} betreut Ihre sozialen Medien. Verbinden Sie die Konten, auf denen veröffentlicht werden darf. Jedes Netzwerk zeigt Ihnen genau, was Sie erlauben, und Sie können es dort jederzeit zurücknehmen. Ihr Passwort bleibt bei Ihnen.`,
  account: {
    facebook: 'Eine Seite, die Sie verwalten.',
    instagram: 'Ein professionelles Konto, das mit einer Facebook-Seite verknüpft ist.',
    tiktok: 'Das Konto, auf dem Ihre Videos erscheinen.',
  },
  permissions: 'Was Sie erlauben und wozu',
  abilities: {
    see: 'Sehen, welche Seiten und Konten Sie haben, damit Sie wählen können.',
    read: 'Veröffentlichte Beiträge nachschlagen, damit jeder genau einmal erscheint.',
    publish: 'Die vereinbarten Beiträge veröffentlichen.',
    pages: 'Bilder über die verknüpfte Seite an Instagram übergeben.',
    draft: 'Videos in Ihren TikTok-Posteingang legen, damit Sie sie fertigstellen und posten.',
    direct: 'Videos direkt posten, wo TikTok es erlaubt.',
    comment: 'Den ersten Kommentar unter eigenen Beiträgen schreiben.',
    insights: 'Sehen, wie die Beiträge ankommen.',
    portfolio: 'Seiten finden, die zu einem Business-Portfolio gehören.',
    profile: 'Den Namen Ihres Kontos anzeigen.',
  },
  optional: 'freiwillig',
  connect: (network) => `${network} verbinden`,
  connectAnother: 'Weiteres Konto oder neu verbinden',
  connected: 'Verbunden',
  finish: 'Ich bin fertig',
  finishHint: (agency) => `Der Link endet dann. ${agency} sieht schon jetzt, was verbunden ist.`,
  questions: (contact) => `Fragen? So sind wir erreichbar: ${contact}`,
  thanks: 'Vielen Dank',
  thanksText: (agency) => `${agency} sieht Ihre Konten bereits. Sie können diese Seite schließen.`,
  goOn: 'Weiter',
  closedTitle: 'Dieser Link funktioniert nicht',
  closed: {
    unknown:
      'Dieser Link ist unvollständig. Öffnen Sie ihn genau so, wie Sie ihn bekommen haben, oder bitten Sie um einen neuen.',
    expired: 'Dieser Link ist zu alt. Bitten Sie um einen neuen.',
    revoked: 'Dieser Link gilt nicht mehr. Bitten Sie um einen neuen.',
    done: 'Dieser Link hat seinen Zweck erfüllt. Bitten Sie um einen neuen, um mehr zu verbinden.',
  },
  notConnected: 'Nicht verbunden',
  failures: {
    stale: 'Diese Anmeldung ist unbekannt, wurde schon benutzt oder hat zu lange gedauert. Beginnen Sie neu.',
    elsewhere:
      'Diese Anmeldung wurde in einem anderen Browser begonnen; darum wurde nichts verbunden. Beginnen Sie neu und bleiben Sie bis zum Schluss im selben Browser.',
    cancelled: 'Die Anmeldung wurde abgebrochen. Es wurde nichts verbunden.',
    failed:
      'Das Netzwerk hat die Anmeldung nicht abgeschlossen. Es wurde nichts verbunden; versuchen Sie es noch einmal.',
    gone: 'Dieser Link gilt nicht mehr. Bitten Sie um einen neuen.',
    nothing: 'Diese Anmeldung gibt keinen Zugang zu einem Konto, das verbunden werden kann.',
    missing: 'Es wurde nichts verbunden, weil eine nötige Berechtigung fehlt.',
  },
  given: 'Erteilt',
  notGiven: 'Nicht erteilt',
  askAgain: 'Fehlende Berechtigungen noch einmal anfragen',
  askAgainHint: 'Einige Berechtigungen fehlen. Das Veröffentlichen geht; was unten genannt ist, geht nicht.',
  choose: 'Welches Konto soll verbunden werden?',
  chooseText: 'Die Anmeldung gibt Zugang zu mehreren Konten. Wählen Sie, auf welchen veröffentlicht werden soll.',
  chooseButton: 'Verbinden',
  chooseOne: 'Wählen Sie mindestens ein Konto.',
  shared: (usedBy) =>
    usedBy === null ? 'Ist schon anderswo verbunden.' : `Ist schon mit ${usedBy} verbunden: beide würden dort posten.`,
  confirmShared: 'Auch hier verwenden',
  confirmFirst:
    'Eines davon ist schon anderswo verbunden. Bestätigen Sie darunter, dass es auch hier verwendet werden soll.',
  cannotUse: 'Nicht verwendbar',
};
