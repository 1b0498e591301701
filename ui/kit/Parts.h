#pragma once
#include <memory>

#include "qr/QrCode.h"
#include "ui/kit/Text.h"

namespace tram::kit {

struct StepperOptions {
    std::string title;
    std::string label;  ///< "Bước 2 / 6", right of the title
    int done = 0, total = 0;
};
/// Title, label and the bars under them.
ViewRef stepper(StepperOptions options);
/// How much of something is over, 0 to 1.
ViewRef progressBar(double share, std::string spoken);

struct TimelineEntry {
    std::string icon;
    std::string title;
    std::string detail;
    Mood mood = Mood::Ok;
};
ViewRef timeline(std::vector<TimelineEntry> entries);

enum class TruthState { Done, Waiting, Ahead };
struct Truth {
    std::string label;   ///< "Đã lưu tại trạm"
    std::string detail;  ///< "09:41"
    TruthState state = TruthState::Ahead;
    std::string icon = {};  ///< by its state when empty
    std::string id = {};
};
/// Three columns as in receipt.png, already on a card.
/// Beside each other, or `below` each other where large letters leave no room.
ViewRef truths(std::vector<Truth> truths, bool below = false);

struct PillOptions {
    std::string text;
    Mood mood = Mood::Ok;
    std::string icon = {};  ///< a dot when empty
    std::string id = {};
    std::string spoken = {};  ///< the text when empty
};
ViewRef statusPill(PillOptions options);

/// `size` of the symbol in reference pixels, its quiet zone of four modules included; always dark on white.
ViewRef qr(qr::QrCode code, double size, std::string spoken = {});

struct PictureOptions {
    std::string id;
    std::string key;  ///< names these bytes (their hash): decoded once, kept as long as shown
    std::shared_ptr<const std::string> jpeg = nullptr;  ///< JPEG or PNG
    int quarters = 0;                                   ///< turned clockwise, 0…3
    std::string caption = {};
    std::string removeLabel = {};
    Action onRemove = nullptr;  ///< a button `<id>.remove` with icon and word
    Action onPress = nullptr;
    bool selected = false;
    std::string spoken = {};
    std::string unreadable = {};  ///< shown instead when the bytes are no picture
};
ViewRef pictureTile(PictureOptions options);

struct PhotoOptions {
    std::string id;
    std::string key;  ///< as of PictureOptions
    std::shared_ptr<const std::string> jpeg = nullptr;
    double height = 0;  ///< reference pixels, at most
    double ratio = 0;   ///< of what is shown, its height over its width; 0: not known
    int quarters = 0;   ///< as of PictureOptions
    std::string spoken = {};
};
/// One picture alone, as large as its place.
ViewRef photo(PhotoOptions options);

struct Fact {
    std::string label, value;
    ViewRef action = nullptr;  ///< e.g. a "Sửa" button at the right
};
/// Labels in one column, values in the other, as in receipt.png.
ViewRef facts(std::vector<Fact> rows);

struct BannerOptions {
    Mood mood = Mood::Info;
    std::string icon;
    std::string title = {};
    std::string text = {};
    ViewRef action = nullptr;
    std::string id = {};
    int lines = 1;  ///< of the text that there is always room for: what stands below keeps its place
};
ViewRef banner(BannerOptions options);

}  // namespace tram::kit
