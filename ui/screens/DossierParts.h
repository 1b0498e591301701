#pragma once
#include "dossier/Timeline.h"
#include "ui/screens/Host.h"
#include "wire/DossierStatus.h"

namespace tram::screens {

/// What it comes to, as a mood and a picture.
kit::Mood moodOf(dossier::Outlook outlook, wire::DossierState state);
const char* dossierIcon(wire::DossierState state);
/// A state in plain words; of one that only its source knows, the source's.
std::string plainState(const Host& host, const wire::DossierStatus& status, dossier::Outlook outlook);

/// What that means, in a line.
std::string dossierMeaning(const Host& host, const wire::DossierStatus& status,
                           const dossier::Timeline& timeline);
/// A state by its published name.
std::string dossierStateName(const Host& host, wire::DossierState state, const std::string& said);
/// What to do now: the source's task, else what our own words can say. Never empty; with ** for bold.
std::vector<std::string> dossierTaskLines(const Host& host, const wire::DossierStatus& status,
                                          const dossier::Timeline& timeline);
/// Opens the same on a phone.
std::string dossierLink(const Host& host, const std::string& code);

/// The state in plain words, and what that means for the person who asks.
kit::ViewRef dossierBanner(const Host& host, const wire::DossierStatus& status,
                           const dossier::Timeline& timeline);
/// *Việc cần làm*: numbered, with the source's own code for paying. Never nothing: that there is nothing to
/// do is said, too.
kit::ViewRef dossierTask(const Host& host, const wire::DossierStatus& status,
                         const dossier::Timeline& timeline);
/// *Quá trình*: what was reported, newest first.
kit::ViewRef dossierCourse(const Host& host, const dossier::Timeline& timeline);
/// When and how it was handed in, who has it, for when it is promised.
kit::ViewRef dossierFacts(const Host& host, const wire::DossierStatus& status,
                          const dossier::Timeline& timeline);

}  // namespace tram::screens
