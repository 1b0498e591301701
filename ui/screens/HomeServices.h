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
    bool ready;  ///< else marked *Sắp có*, and leads to ComingScreen: no dead ends
};
inline constexpr std::array<HomeService, 8> kHomeServices = {
    {{"feedback", "campaign", kit::TilePair::Red, true},
     {"dossier", "folder_shared", kit::TilePair::Blue, true},
     {"install", "install_mobile", kit::TilePair::Green, true},
     {"procedures", "menu_book", kit::TilePair::Orange, true},
     {"nearby", "place", kit::TilePair::Violet, true},
     {"news", "notifications", kit::TilePair::Teal, true},
     {"rating", "sentiment_satisfied", kit::TilePair::Yellow, false},
     {"all", "apps", kit::TilePair::Slate, true}}};

void openService(Host& host, const HomeService& service);

}  // namespace tram::screens
