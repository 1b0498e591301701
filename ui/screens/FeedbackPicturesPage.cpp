#include <algorithm>

#include "ui/screens/FeedbackCameraScreen.h"
#include "ui/screens/FeedbackScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"

namespace tram::screens {

using namespace kit;
using feedback::Step;

namespace {

constexpr std::size_t kSources = 12;

std::vector<std::filesystem::path> pictureFiles(const std::filesystem::path& dir) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(dir, error)) {
        const auto type = entry.path().extension();
        if (type == ".jpg" || type == ".jpeg" || type == ".png" || type == ".webp")
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    if (files.size() > kSources) files.resize(kSources);
    return files;
}

std::string keyOf(const std::string& id) {
    return "picture/" + id;
}

}  // namespace

void FeedbackScreen::loadPreviews() {
    previewsAsked_ = true;
    const auto& services = host_.services();
    if (services.config.sampleDir.empty()) return;
    for (auto& file : pictureFiles(services.config.sampleDir))
        previews_.push_back({std::move(file), nullptr});
    auto& scheduler = services.scheduler;
    for (std::size_t i = 0; i < previews_.size(); ++i)
        scheduler.background([this, &scheduler, i, token = lifetime_.token(), file = previews_[i].file,
                              prepare = services.preparePicture] {
            auto prepared = prepare(file);
            if (!prepared) return;
            scheduler.onUi(token, [this, i, thumbnail = shownBytes(prepared->thumbnail)] {
                previews_[i].thumbnail = thumbnail;
                host_.refresh();
            });
        });
}

ViewRef FeedbackScreen::chosenPictures() {
    const auto& pictures = flow_.draft().pictures;
    const auto max = static_cast<std::size_t>(flow_.fields().maxPictures);
    Views rows{paragraph(host_.tr("feedback.pictures.chosen",
                                  {{"count", std::to_string(pictures.size())}, {"max", std::to_string(max)}}),
                         {.role = Type::Title, .heading = true})};
    Views tiles;
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        const base::Words::Values at{{"number", std::to_string(i + 1)}};
        // By its own id, not by its number: after one is removed, the next one at its place is another.
        tiles.push_back(pictureTile({.id = "picture." + pictures[i].id,
                                     .key = keyOf(pictures[i].id),
                                     .jpeg = shownBytes(pictures[i].thumbnail),
                                     .caption = host_.tr("feedback.pictures.picture", at),
                                     .removeLabel = host_.tr("feedback.pictures.remove", at),
                                     .onRemove = [this, id = pictures[i].id] { flow_.removePicture(id); }}));
    }
    if (tiles.empty() && flow_.pictureBusy() == 0) rows.push_back(muted(host_.tr("feedback.pictures.none")));
    if (!tiles.empty())
        rows.push_back(grid(host_.theme().portrait() ? 2 : 4, std::move(tiles), {.minWidth = 300}));
    if (flow_.pictureBusy() > 0) rows.push_back(muted(host_.tr("feedback.pictures.busy")));
    if (const auto& problem = flow_.pictureProblem())
        rows.push_back(banner({.mood = Mood::Warn,
                               .icon = "broken_image",
                               .text = pictureProblemText(host_, *problem, flow_.fields().maxPictures),
                               .id = kPictureProblem}));
    return card(column(std::move(rows)));
}

/// One that is being prepared counts: an impatient second tap must not add it twice.
bool FeedbackScreen::chosen(const std::filesystem::path& file) const {
    const auto& pictures = flow_.draft().pictures;
    return (flow_.pictureBusy() > 0 && asked_.contains(file)) ||
           std::any_of(pictures.begin(), pictures.end(),
                       [&](const auto& picture) { return picture.source == file; });
}

void FeedbackScreen::choose(const std::filesystem::path& file) {
    if (chosen(file)) return;
    if (flow_.pictureBusy() == 0) asked_.clear();
    asked_.insert(file);
    flow_.addPicture(file);
}

ViewRef FeedbackScreen::papers(bool removable) {
    const auto& draft = flow_.draft();
    if (draft.papers.empty()) return nullptr;
    const auto words = host_.tr("feedback.papers", {{"count", std::to_string(draft.paperPages)}});
    auto remove = button({.id = "papers.remove",
                          .label = host_.tr("feedback.papers.remove"),
                          .icon = "delete",
                          .onPress = [this] { flow_.removePapers(); }});
    return card(row({icon("description", 44, Colour::Primary),
                     grow(paragraph(words, {.role = Type::BodyStrong, .id = "papers.attached"})),
                     removable ? remove : nullptr},
                    {.gap = 20}),
                {.padding = 28});
}

bool FeedbackScreen::roomForPictures() const {
    return static_cast<int>(flow_.draft().pictures.size()) + flow_.pictureBusy() < flow_.fields().maxPictures;
}

ViewRef FeedbackScreen::cameraOffer() {
    if (!host_.services().camera) return nullptr;
    return button({.id = "camera.picture",
                   .label = host_.tr("feedback.camera.open"),
                   .icon = "photo_camera",
                   .enabled = roomForPictures(),
                   .onPress = [this] { openCamera(); },
                   .wide = true});
}

ViewRef FeedbackScreen::pictureOffers() {
    const auto& services = host_.services();
    if (!services.phoneUploads && !services.camera) return nullptr;
    const bool cannot = services.phoneUploads && !host_.online();
    return column(
        {halves({phoneOffer(), cameraOffer()}), cannot ? muted(host_.tr("feedback.phone.offline")) : nullptr},
        {.gap = 12});
}

void FeedbackScreen::openCamera() {
    Action byPhone;
    if (host_.services().phoneUploads)
        byPhone = [this] {
            openPhone();
            host_.refresh();
        };
    host_.open(std::make_unique<FeedbackCameraScreen>(
        host_, [this](auto picture) { flow_.addPicture(std::move(picture)); }, std::move(byPhone)));
}

ViewRef FeedbackScreen::pictureSources() {
    const auto& services = host_.services();
    if (previews_.empty())
        return services.phoneUploads || services.camera ? nullptr
                                                        : muted(host_.tr("feedback.pictures.nosource"));
    Views tiles;
    for (std::size_t i = 0; i < previews_.size(); ++i) {
        const bool there = chosen(previews_[i].file);
        const auto label = host_.tr(there ? "feedback.pictures.added" : "feedback.pictures.add",
                                    {{"number", std::to_string(i + 1)}});
        Action press = [this, file = previews_[i].file] { choose(file); };
        tiles.push_back(pictureTile({.id = "sample." + std::to_string(i),
                                     .key = keyOf("sample" + std::to_string(i)),
                                     .jpeg = previews_[i].thumbnail,
                                     .caption = label,
                                     .onPress = there ? nullptr : std::move(press),
                                     .selected = there,
                                     .spoken = label}));
    }
    const char* heading =
        host_.services().config.demo ? "feedback.pictures.samples" : "feedback.pictures.files";
    return column({paragraph(host_.tr(heading), {.role = Type::Title, .heading = true}),
                   grid(host_.theme().portrait() ? 3 : 5, std::move(tiles), {.gap = 20, .minWidth = 240})});
}

Page FeedbackScreen::picturesPage() {
    if (!previewsAsked_) loadPreviews();
    return {
        .content = body(
            host_, "page.pictures",
            {stepTitle(Step::Pictures, "feedback.pictures.title"),
             muted(host_.tr("feedback.pictures.what", {{"max", std::to_string(flow_.fields().maxPictures)}})),
             pictureOffers(), papers(true), chosenPictures(), pictureSources(),
             banner(
                 {.mood = Mood::Info, .icon = "privacy_tip", .text = host_.tr("feedback.pictures.clean")})}),
        .right = {nextButton()}};
}

}  // namespace tram::screens
