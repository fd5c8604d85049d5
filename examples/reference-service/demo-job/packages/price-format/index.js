exports.priceText = (amount, currency) => `${amount.toFixed(2)} ${currency}`;
