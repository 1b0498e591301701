#pragma once
#include "ui/screens/Host.h"
#include "wire/FeedbackReport.h"

namespace tram::screens {

/// Where a report stands, as the follow page and the receipt both show it.
kit::ViewRef stateBanner(const Host& host, const wire::FeedbackStatus& status);
kit::ViewRef history(const Host& host, const wire::FeedbackStatus& status);

}  // namespace tram::screens
