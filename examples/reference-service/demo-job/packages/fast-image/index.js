exports.scaledSize = ({ width, height }, factor) => ({
  width: Math.round(width * factor),
  height: Math.round(height * factor),
});
