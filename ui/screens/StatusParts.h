#pragma once
#include "ui/screens/Host.h"
#include "wire/FeedbackReport.h"

namespace tram::screens {

kit::Mood moodOf(wire::FeedbackState state);
const char* stateIcon(wire::FeedbackState state);
std::string stateName(const Host& host, wire::FeedbackState state);
/// Where a report stands, as the follow page and the receipt both show it.
kit::ViewRef stateBanner(const Host& host, const wire::FeedbackStatus& status);
/// What the unit has answered, or why it has refused; only of a status that was opened.
kit::ViewRef answerCard(const Host& host, const wire::FeedbackStatus& status);
kit::ViewRef history(const Host& host, const wire::FeedbackStatus& status);

}  // namespace tram::screens
