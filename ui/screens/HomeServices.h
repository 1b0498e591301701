#pragma once
#include <array>
#include <string_view>

#include "ui/screens/Host.h"

namespace tram::screens {

/// A tile of home; its words are home.tile.<id> and home.tile.<id>.hint.
struct HomeService {
    const char* id;
    const char* icon;
    kit::TilePair pair;
};
inline constexpr std::array<HomeService, 8> kHomeServices = {
    {{"feedback", "campaign", kit::TilePair::Red},
     {"dossier", "folder_shared", kit::TilePair::Blue},
     {"install", "install_mobile", kit::TilePair::Green},
     {"procedures", "menu_book", kit::TilePair::Orange},
     {"nearby", "place", kit::TilePair::Violet},
     {"news", "notifications", kit::TilePair::Teal},
     {"rating", "sentiment_satisfied", kit::TilePair::Yellow},
     {"all", "apps", kit::TilePair::Slate}}};

void openService(Host& host, const HomeService& service);

}  // namespace tram::screens
