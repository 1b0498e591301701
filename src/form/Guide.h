#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/Result.h"
#include "form/Form.h"
#include "wire/Link.h"

namespace tram::form {

/// Of a step: for whom it is. Of a person: Any where nobody has to say.
enum class Platform { Any, Android, Iphone };
std::string_view name(Platform platform);  ///< "any", "android", "iphone"

/// A picture of a phone, drawn by us in the theme's colours: never a copy of somebody's page.
struct Sketch {
    enum class Row { Bar, Search, App, Button, Field, Notice, Camera };
    struct Line {
        Row row = Row::Bar;
        Bilingual text;        ///< empty for Camera
        Bilingual button;      ///< of an App
        bool pressed = false;  ///< a finger shows where to press
    };
    Bilingual spoken;
    std::vector<Line> rows;
};

struct GuideApp {
    std::string name;     ///< exactly as the stores have it
    std::string android;  ///< package; "" when not known: then `page`
    std::string ios;      ///< digits of the App Store's id; likewise
    std::string page;     ///< its official page
};

struct GuideStep {
    struct Branch {
        Bilingual label;
        std::string to;
    };
    std::string id;  ///< a slug
    Platform platform = Platform::Any;
    Bilingual title;
    std::vector<Bilingual> text;  ///< paragraphs, may carry **bold**
    std::string link;             ///< "store" (of the app, by platform), an https link, or ""
    bool wifi = false;            ///< the ward's Wi-Fi is offered, where the station knows one
    Bilingual warning;            ///< empty for none
    std::optional<Sketch> picture;
    Bilingual next;  ///< what the button says
    std::string to;  ///< kEnd, or the id of the step after it; "" for the one below it in the list
    std::vector<Branch> branches;
};

/// What may have gone wrong, and what to do.
struct GuideTrouble {
    std::string id;
    Platform platform = Platform::Any;
    Bilingual cause;
    std::vector<Bilingual> what;
};

struct GuideOutcome {
    std::string id;  ///< "installed", "signed_in", "done", "not_done:storage"
    Bilingual label;
    Bilingual next;  ///< what now; empty for none
    bool good() const { return !id.starts_with("not_done:"); }
};

/// How to do something with a phone, a step a page: docs/CONTENT.md has the JSON. Every step is reached, and
/// from every step the end is, on each platform it is for. At most 20 steps, 16 troubles, 64 KiB.
struct Guide {
    static constexpr std::size_t kMaxBytes = 64 * 1024, kMaxSteps = 20, kMaxTroubles = 16, kMaxOutcomes = 16,
                                 kMaxParagraphs = 8;
    static constexpr std::string_view kEnd = "end", kStore = "store";

    Bilingual title, intro;
    std::optional<GuideApp> app;  ///< it is about installing it
    std::vector<GuideStep> steps;
    std::vector<GuideTrouble> troubles;
    std::vector<Bilingual> fakes;    ///< how a false one is told
    std::vector<Bilingual> noPhone;  ///< what who has no smartphone can do
    std::vector<GuideOutcome> outcomes;

    /// Whom it has to know: of Android and Iphone both, or Any alone.
    std::vector<Platform> platforms() const;
    const GuideStep* step(std::string_view id) const;
    const GuideStep* first(Platform platform) const;
    /// Null at the end.
    const GuideStep* after(const GuideStep& step, Platform platform) const;
    const GuideStep* next(std::string_view to) const;  ///< of a goto
    /// Where a step's link leads: of "store" the app's page in that platform's store, or its own page.
    std::string linkOf(const GuideStep& step, Platform platform) const;

    /// Malformed with the facts at, line and expected of the first fault; TooLarge.
    static base::Result<Guide> parse(std::string_view json);
    static std::optional<Guide> parse(std::string_view json, std::vector<Fault>& faults);
    static std::optional<Guide> read(const nlohmann::json& value, const std::string& at,
                                     std::vector<Fault>& faults);
};

bool isFor(Platform what, Platform person);
bool isAndroidPackage(std::string_view text);
bool isAppleId(std::string_view text);
std::string playLink(const std::string& package);
std::string appleLink(const std::string& id);

/// Where it would lead that is not on the list, by place below `at`.
std::vector<Fault> offList(const Guide& guide, const std::string& at, const wire::LinkHosts& hosts);

}  // namespace tram::form
